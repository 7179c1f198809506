import type Docker from 'dockerode';
import { labelFilter, type Belonging } from '../../docker/labels.js';
import type { InNamespace } from './namespace.js';

/** Values of the kernel's `arp_ignore`: the bridge answers nobody who asks for its address, or everybody. */
const [SILENT, ANSWERING] = [8, 0];

/** Id of a network whose bridge is silent → the address of that bridge on its link (`02:42:ac:11:00:02`). */
export type SilentBridges = ReadonlyMap<string, string>;

/**
 * Makes the bridges of an arm's networks silent: a container on them does not learn where its gateway is, so it reaches
 * its neighbours and nothing else. It is told its gateway once its rules stand, so that no moment is left between its
 * start and its rules. Only IPv4 works so. The setting goes with the bridge. Empty where it can't be done.
 */
export async function silenceBridges(docker: Docker, belonging: Belonging, enter: InNamespace): Promise<SilentBridges> {
  const networks = await docker.listNetworks({ filters: JSON.stringify({ label: labelFilter(belonging) }) });
  const ids = networks.filter(({ Driver }) => Driver === 'bridge').map(({ Id }) => Id);
  if (ids.length === 0) return new Map();
  const links = await enter('host', [...settings(ids, SILENT), ...ids.map(linkOf)].join('\n'));
  const addresses = [...(links ?? '').matchAll(/link\/ether ([0-9a-f:]{17})/g)].map(([, address]) => address ?? '');
  if (addresses.length === ids.length) return new Map(ids.map((id, index) => [id, addresses[index] ?? '']));
  await enter('host', settings(ids, ANSWERING).join('\n'));
  return new Map();
}

/** Lets the bridges answer again, where a container could not be told its gateway. */
export async function letAnswer(bridges: SilentBridges, enter: InNamespace): Promise<void> {
  if (bridges.size > 0) await enter('host', settings([...bridges.keys()], ANSWERING).join('\n'));
}

function settings(ids: readonly string[], value: number): string[] {
  return ['set -e', ...ids.map((id) => `echo ${value} > /proc/sys/net/ipv4/conf/${nameOf(id)}/arp_ignore`)];
}

function linkOf(id: string): string {
  return `ip -o link show dev ${nameOf(id)}`;
}

/** Docker calls a bridge so, unless the network's options say otherwise; those of an arm never do. */
function nameOf(id: string): string {
  return `br-${id.slice(0, 12)}`;
}

/** A gateway that a container is told. */
export interface Gateway {
  readonly address: string;
  /** Of its bridge on the link. */
  readonly link: string;
}

/**
 * A shell script for a container's network namespace that tells it where its gateways are. First it drops what waits
 * for the answer: that has passed the rules before they stood. Pure.
 */
export function gatewayScript(gateways: readonly Gateway[]): string {
  return gateways
    .map(
      ({ address, link }) =>
        `device=$(ip -o -4 route get ${address} | sed -n 's/.* dev \\([^ ]*\\).*/\\1/p')\n` +
        `ip neigh del ${address} dev "$device" 2>/dev/null || true\n` +
        `ip neigh replace ${address} lladdr ${link} dev "$device" nud permanent`,
    )
    .join('\n');
}
