import type { IsolateOptions, Refusal } from './types.js';
import type { ComposeModel, ComposeMount, ComposeResource, ComposeService } from '../compose/model.js';
import type { SubnetPlan } from './choose-subnets.js';
import { MISSING } from './host-path.js';
import { refusedKeys } from './permissions/refused-keys.js';
import { isOfTheMachine, refusedMount } from './refused-mounts.js';
import { deviceOf, objectionToVolume } from './volume-storage.js';

const LOOPBACK = '127.0.0.1';

/** Everything about the model that would reach out of the arm and can't be rewritten. Pure. */
export function refusalsOf(model: ComposeModel, options: IsolateOptions, subnets: SubnetPlan): Refusal[] {
  const found = [
    ...refusedKeys(model),
    ...Object.entries(model.services).flatMap(([name, service]) => ofService(name, service, options)),
    ...Object.entries(model.volumes ?? {}).flatMap(([key, volume]) => ofVolume(key, volume ?? {}, options)),
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
  { volumes = [] }: ComposeService,
  { hostPaths, elsewhere }: IsolateOptions,
): Refusal[] {
  return volumes.flatMap((mount): Refusal[] => {
    const refused = refusedMount(mount, hostPaths) ?? (elsewhere ? unreadable(mount, hostPaths) : null);
    if (refused === null) return [];
    return [{ path: `services.${name}.volumes`, ...refused, service: name, mount: `${name}:${mount.target}` }];
  });
}

function ofVolume(key: string, volume: ComposeResource, { hostPaths }: IsolateOptions): Refusal[] {
  const device = deviceOf(volume);
  const objection =
    device === null ? objectionToVolume(volume) : refusedMount({ type: 'bind', source: device, target: '' }, hostPaths);
  return objection === null ? [] : [{ path: `volumes.${key}`, ...objection }];
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
