import type { IsolateOptions, Refusal } from './types.js';
import type { ComposeModel, ComposeMount, ComposeService } from '../compose/model.js';
import type { SubnetPlan } from './choose-subnets.js';
import { MISSING } from './host-path.js';
import { isOfTheMachine, refusedMount } from './refused-mounts.js';
import { usesNetworkStorage } from './stored-elsewhere.js';

const LOOPBACK = '127.0.0.1';

/** Everything about the model that would reach out of the arm and can't be rewritten. Pure. */
export function refusalsOf(model: ComposeModel, options: IsolateOptions, subnets: SubnetPlan): Refusal[] {
  const found = [
    ...Object.entries(model.services).flatMap(([name, service]) => ofService(name, service, options)),
    ...Object.entries(model.volumes ?? {})
      .filter(([, volume]) => usesNetworkStorage(volume ?? {}))
      .map(([key]): Refusal => ({
        path: `volumes.${key}`,
        what: 'is storage on the network, which both arms would write to',
        allow: 'network-storage',
      })),
    ...(options.publishedOn === LOOPBACK
      ? []
      : [
          {
            path: 'ports',
            what: `would be published on ${options.publishedOn}, for everyone who reaches that address`,
            allow: 'remote-ports',
          } as const,
        ]),
    ...subnets.unmovable.map((text): Refusal => ({
      path: 'networks',
      what: `${text} can't be moved: it is no subnet, or none of its size is free`,
      allow: null,
    })),
  ];
  return found.filter(({ allow }) => allow === null || !options.allow.includes(allow));
}

function ofService(
  name: string,
  { volumes = [], network_mode: mode }: ComposeService,
  { hostPaths, elsewhere }: IsolateOptions,
): Refusal[] {
  const mounts = volumes.flatMap((mount): Refusal[] => {
    const refused = refusedMount(mount, hostPaths) ?? (elsewhere ? unreadable(mount, hostPaths) : null);
    return refused === null ? [] : [{ path: `services.${name}.volumes`, ...refused }];
  });
  if (mode?.startsWith('container:') !== true) return mounts;
  return [
    ...mounts,
    { path: `services.${name}.network_mode`, what: `${mode} joins a container that is not the arm's`, allow: null },
  ];
}

/** Files are copied from this machine; what is read only and not here would be an empty folder there. */
function unreadable(
  { type, source = '', read_only: readOnly }: ComposeMount,
  hostPaths: IsolateOptions['hostPaths'],
): Pick<Refusal, 'what' | 'allow'> | null {
  const missing = (hostPaths[source] ?? MISSING).kind === 'missing';
  return type === 'bind' && readOnly === true && missing && !isOfTheMachine(source)
    ? { what: `${source} is not on this machine, and the daemon's is another`, allow: null }
    : null;
}
