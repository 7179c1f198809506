import type { ComposeModel, ComposeResource } from '../compose/model.js';
import type { Change, Changed, ChangeFacts, Stated } from '../model/index.js';
import {
  formatSubnet,
  ipamConfigs,
  parseSubnet,
  relocateAll,
  reserveAddresses,
  type IpamConfig,
  type Move,
  type SubnetPlan,
} from '../subnets/index.js';
import { moveGateway } from '../armhost/gateways.js';
import { at } from '../hostpaths/host-path.js';
import type { IsolateOptions } from './types.js';
import { deviceOf } from '../hostpaths/volume-storage.js';

type Resources = NonNullable<ComposeModel['networks']>;

const BRIDGE_NAME = 'com.docker.network.bridge.name';
/** Options of the bridge driver that affect only the arm. All others are removed. */
const BRIDGE_OPTIONS = [
  'com.docker.network.bridge.enable_icc',
  'com.docker.network.bridge.enable_ip_masquerade',
  'com.docker.network.bridge.inhibit_ipv4',
  'com.docker.network.container_iface_prefix',
  'com.docker.network.driver.mtu',
];

/** Every network with a name of the arm's own, on a bridge, with subnets that are free here. */
export function ownNetworks(model: ComposeModel, options: IsolateOptions, subnets: SubnetPlan): Changed<Resources> {
  const changes: Change[] = [];
  const all: Resources = { default: null, ...model.networks };
  const own = Object.keys(all).map((key) => {
    const network = all[key];
    const note = (field: string, said: Stated<ChangeFacts>) =>
      changes.push({ path: `networks.${key}.${field}`, ...said });
    const { ipam, driver, driver_opts: driverOptions = {}, ...rest }: ComposeResource = network ?? {};
    if (driver !== undefined && !['bridge', 'default'].includes(driver))
      note('driver', { code: 'driver-replaced', facts: { driver } });
    const removed = Object.keys(driverOptions).filter((option) => !BRIDGE_OPTIONS.includes(option));
    for (const option of removed)
      note(
        'driver_opts',
        option === BRIDGE_NAME
          ? { code: 'bridge-name-removed', facts: { name: driverOptions[option] ?? '' } }
          : { code: 'driver-option-removed', facts: { option } },
      );
    const kept = Object.fromEntries(
      Object.entries(driverOptions).filter(([option]) => BRIDGE_OPTIONS.includes(option)),
    );
    const configs =
      network?.external === true
        ? []
        : ipamConfigs(ipam).flatMap((config) => ownConfig(config, subnets, (said) => note('ipam', said)));
    const plain: ComposeResource = {
      ...rest,
      ...(Object.keys(kept).length > 0 ? { driver_opts: kept } : {}),
      ...(configs.length > 0
        ? { ipam: { config: configs.map((config) => reserveAddresses(moveGateway(config, model, key), model, key)) } }
        : {}),
    };
    return [key, ownResource('networks', key, plain, options, changes)] as const;
  });
  return { part: Object.fromEntries(own), changes };
}

function ownConfig(
  config: IpamConfig,
  { moves, dropped, replaced }: SubnetPlan,
  note: (said: Stated<ChangeFacts>) => void,
): IpamConfig[] {
  const { subnet } = config;
  if (subnet === undefined) return [];
  if (dropped.includes(subnet)) {
    const own = replaced[subnet];
    note({ code: 'subnet-removed', facts: { subnet, replacement: own ?? null } });
    return own === undefined ? [] : [{ subnet: own }];
  }
  const from = parseSubnet(subnet);
  const move: Move | undefined = moves.find(
    (candidate) => candidate.from.value === from?.value && candidate.from.prefix === from.prefix,
  );
  if (move === undefined) return [];
  note({ code: 'subnet-moved', facts: { from: formatSubnet(move.from), to: formatSubnet(move.to) } });
  return [relocateAll(config, moves)];
}

/** Every volume with a name of the arm's own. It starts empty or with a copy. */
export function ownVolumes(volumes: Resources, options: IsolateOptions): Changed<Resources> {
  const changes: Change[] = [];
  const own = Object.entries(volumes).map(([key, volume]) => {
    const { driver, driver_opts: driverOptions, ...rest }: ComposeResource = volume ?? {};
    const folder = deviceOf(volume ?? {});
    const isMissing = folder !== null && at(options.hostPaths, folder).kind === 'missing';
    if (folder !== null)
      changes.push({
        path: `volumes.${key}`,
        code: isMissing ? 'volume-folder-missing' : 'volume-folder-shared',
        facts: { folder },
        mustKnow: true,
      });
    return [
      key,
      ownResource(
        'volumes',
        key,
        !isMissing
          ? {
              ...rest,
              ...(driver === undefined ? {} : { driver }),
              ...(driverOptions === undefined ? {} : { driver_opts: driverOptions }),
            }
          : rest,
        options,
        changes,
      ),
    ] as const;
  });
  return { part: Object.fromEntries(own), changes };
}

function ownResource(
  kind: 'networks' | 'volumes',
  key: string,
  resource: ComposeResource,
  options: IsolateOptions,
  changes: Change[],
): ComposeResource {
  const { external, ...rest } = resource;
  if (external === true)
    changes.push({
      path: `${kind}.${key}`,
      code: kind === 'volumes' ? 'external-volume-copied' : 'external-network-replaced',
      facts: { name: resource.name ?? key },
    });
  return { ...rest, name: `${options.project}_${key}`, labels: { ...resource.labels, ...options.labels } };
}
