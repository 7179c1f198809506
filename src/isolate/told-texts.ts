import type { ComposeModel, ComposeService } from '../compose/model.js';
import { at, sourceOf, type HostPaths } from './paths/host-path.js';

/** One text that a service is told, and where it stands. */
export interface ToldText {
  readonly service: string;
  /** `environment.DSN`, `command`, or the host path of a mounted file. */
  readonly place: string;
  readonly text: string;
}

const KEYS = ['command', 'entrypoint', 'extra_hosts', 'dns', 'healthcheck'];

/** Everything that the services are told: variables, commands, and the small text files that they mount. */
export function toldTexts({ services }: ComposeModel, hostPaths: HostPaths): ToldText[] {
  return Object.entries(services).flatMap(([service, own]) => [
    ...variablesOf(own).map(([name, text]) => ({ service, place: `environment.${name}`, text })),
    ...KEYS.flatMap((key) =>
      own[key] === undefined ? [] : textsOf(own[key]).map((text) => ({ service, place: key, text })),
    ),
    ...(own.volumes ?? []).flatMap((mount) => {
      const { text } = at(hostPaths, sourceOf(mount));
      return mount.type !== 'bind' || text === '' ? [] : [{ service, place: sourceOf(mount), text }];
    }),
  ]);
}

function variablesOf(service: ComposeService): [string, string][] {
  return Object.entries((service['environment'] ?? {}) as Readonly<Record<string, string | null>>).flatMap(
    ([name, value]) => (value === null ? [] : [[name, value]]),
  );
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
