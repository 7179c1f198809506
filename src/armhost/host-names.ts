import type { ComposeModel, ComposeService } from '../compose/model.js';

/** Names with which containers reach the machine that runs them. */
const USUAL = ['host.docker.internal', 'gateway.docker.internal'];
const HOST_GATEWAY = 'host-gateway';

/** Every name of the host: the usual ones, and those from `extra_hosts`. */
export function hostNamesOf({ services }: ComposeModel): string[] {
  const given = Object.values(services).flatMap((service) =>
    extraHosts(service).flatMap(({ name, address }) => (address === HOST_GATEWAY ? [name] : [])),
  );
  return [...new Set([...USUAL, ...given])];
}

/** The service without names for the machine. In the arm these are names of the arm's host. */
export function withoutHostNames(service: ComposeService): ComposeService {
  const all = extraHosts(service);
  const kept = all.filter(({ name, address }) => address !== HOST_GATEWAY && !USUAL.includes(name));
  if (kept.length === all.length) return service;
  const { extra_hosts: _stated, ...rest } = service;
  return kept.length === 0 ? rest : { ...rest, extra_hosts: kept.map(({ text }) => text) };
}

interface ExtraHost {
  readonly name: string;
  readonly address: string;
  readonly text: string;
}

/** Compose writes `NAME=ADDRESS`; older versions of it write `NAME:ADDRESS`. */
function extraHosts(service: ComposeService): readonly ExtraHost[] {
  return ((service['extra_hosts'] ?? []) as readonly string[]).map((text) => {
    const at = text.search(/[=:]/);
    return { name: text.slice(0, at), address: text.slice(at + 1), text };
  });
}
