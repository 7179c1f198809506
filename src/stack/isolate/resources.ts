import type { ComposeModel, ComposeResource } from '../compose/model.js';
import type { Change, Changed, IsolateOptions } from './isolate.js';

type Resources = NonNullable<ComposeModel['networks']>;
const BRIDGE_NAME = 'com.docker.network.bridge.name';

/** Every network under a name of the arm's own, with addresses and a bridge that Docker chooses. */
export function ownNetworks(networks: Resources, options: IsolateOptions): Changed<Resources> {
  const changes: Change[] = [];
  const own = Object.entries({ default: null, ...networks }).map(([key, network]) => {
    const { ipam, driver_opts: driverOptions, ...rest }: ComposeResource = network ?? {};
    const { [BRIDGE_NAME]: bridge, ...kept }: Readonly<Record<string, string>> = driverOptions ?? {};
    const fixed = Array.isArray(ipam?.['config']) && ipam['config'].length > 0;
    if (fixed) changes.push({ path: `networks.${key}.ipam`, what: 'subnet dropped: Docker chooses a free one' });
    if (bridge !== undefined) changes.push({ path: `networks.${key}.driver_opts`, what: `bridge interface ${bridge} dropped: two arms can't share a name` });
    const plain: ComposeResource = { ...rest, ...(Object.keys(kept).length > 0 ? { driver_opts: kept } : {}) };
    return [key, ownResource('networks', key, plain, options, changes)] as const;
  });
  return { part: Object.fromEntries(own), changes };
}

/** Every volume under a name of the arm's own; it starts empty. */
export function ownVolumes(volumes: Resources, options: IsolateOptions): Changed<Resources> {
  const changes: Change[] = [];
  const own = Object.entries(volumes).map(([key, volume]) => [key, ownResource('volumes', key, volume ?? {}, options, changes)] as const);
  return { part: Object.fromEntries(own), changes };
}

function ownResource(kind: 'networks' | 'volumes', key: string, resource: ComposeResource, options: IsolateOptions, changes: Change[]): ComposeResource {
  const { external, ...rest } = resource;
  if (external === true) changes.push({ path: `${kind}.${key}`, what: `external ${resource.name ?? key} replaced by one of the arm's own` });
  return { ...rest, name: `${options.project}_${key}`, labels: { ...resource.labels, ...options.labels } };
}
