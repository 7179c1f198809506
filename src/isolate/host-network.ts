import type { ComposeModel, ComposeService } from '../compose/model.js';
import { endingServices, startsAfter } from './needs.js';
import type { Change, Changed } from './types.js';

type Networks = NonNullable<ComposeService['networks']>;

/**
 * Services that stood on the host's network stand on every network of the arm instead, as the host does. Several of
 * them shared the host's loopback interface; they go on sharing one, that of the first. A service that does its work
 * and ends stands by itself: nothing can be shared with what has ended. Pure.
 */
export function joinHostServices(model: ComposeModel): Changed<ComposeModel> {
  const ending = endingServices(model);
  const all = Object.keys(model.services).filter((name) => model.services[name]?.network_mode === 'host');
  const members = all.filter((name) => !ending.has(name));
  const first = members.find((name) => !members.some((other) => other !== name && startsAfter(model, name, other)));
  if (all.length === 0) return { part: model, changes: [] };
  const aliases = members.filter((name) => name !== first);
  const networks = everyNetwork(model, aliases);
  const changes: Change[] = [];
  const services = Object.entries(model.services).map(([name, service]) => {
    if (!all.includes(name)) return [name, service] as const;
    const { network_mode: _mode, ...rest } = service;
    const path = `services.${name}.network_mode`;
    if (members.includes(name) && name !== first) {
      changes.push({
        path,
        what: `the host's network is replaced by that of ${first}: they shared the loopback interface`,
      });
      return [name, { ...rest, network_mode: `service:${first}` }] as const;
    }
    changes.push({
      path,
      what: `the host's network is replaced by the arm's own: ${Object.keys(networks).join(', ')}`,
    });
    return [name, { ...rest, networks: name === first ? networks : everyNetwork(model, []) }] as const;
  });
  return { part: { ...model, services: Object.fromEntries(services) }, changes };
}

/** Every network that another service is on; the default one where there is none. */
function everyNetwork({ services }: ComposeModel, aliases: readonly string[]): Networks {
  const names = new Set(Object.values(services).flatMap(({ networks = {} }) => Object.keys(networks)));
  const attachment = aliases.length > 0 ? { aliases } : null;
  return Object.fromEntries((names.size > 0 ? [...names] : ['default']).map((name) => [name, attachment]));
}
