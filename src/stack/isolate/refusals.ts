import type { Allowance } from '../../model/index.js';
import type { ComposeModel, ComposeService } from '../compose/model.js';
import type { SubnetPlan } from './choose-subnets.js';
import type { IsolateOptions } from './isolate.js';
import { refusedMount } from './refused-mounts.js';
import { usesNetworkStorage } from './stored-elsewhere.js';

/** Why a model is not started. */
export interface Refusal {
  readonly path: string;
  readonly what: string;
  /** What `stack.allow` would have to name; null where nothing helps. */
  readonly allow: Allowance | null;
}

/** Everything about the model that would reach out of the arm and can't be rewritten. Pure. */
export function refusalsOf(model: ComposeModel, options: IsolateOptions, subnets: SubnetPlan): Refusal[] {
  const found = [
    ...Object.entries(model.services).flatMap(([name, service]) => ofService(name, service, options)),
    ...Object.entries(model.volumes ?? {}).filter(([, volume]) => usesNetworkStorage(volume ?? {}))
      .map(([key]): Refusal => ({ path: `volumes.${key}`, what: 'is storage on the network, which both arms would write to', allow: 'network-storage' })),
    ...subnets.unmovable.map((text): Refusal => ({ path: 'networks', what: `${text} can't be moved: it is no subnet, or none of its size is free`, allow: null })),
  ];
  return found.filter(({ allow }) => allow === null || !options.allow.includes(allow));
}

function ofService(name: string, { volumes = [], network_mode: mode }: ComposeService, { hostPaths }: IsolateOptions): Refusal[] {
  const mounts = volumes.flatMap((mount): Refusal[] => {
    const refused = refusedMount(mount, hostPaths);
    return refused === null ? [] : [{ path: `services.${name}.volumes`, ...refused }];
  });
  if (mode?.startsWith('container:') !== true) return mounts;
  return [...mounts, { path: `services.${name}.network_mode`, what: `${mode} joins a container that is not the arm's`, allow: null }];
}
