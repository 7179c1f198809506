import type Docker from 'dockerode';
import { labelFilter, type ResourceOwner } from '../../docker/labels.js';
import type { InNamespace } from './namespace.js';

/** Values of the kernel's `arp_ignore`: the bridge answers no ARP requests for its address, or all of them. */
const [SILENT, ANSWERING] = [8, 0];

/** Id of a network whose bridge is silent → the address of that bridge on its link (`02:42:ac:11:00:02`). */
export type SilentBridges = ReadonlyMap<string, string>;

/**
 * Makes the bridges of an arm's networks silent: a container on them cannot find its gateway, so it reaches only its
 * neighbours. It gets the gateway's address together with its rules, so there is no moment without rules after its
 * start. This works only for IPv4. The setting ends with the bridge. Empty if it is not possible.
 */
export async function silenceBridges(
  docker: Docker,
  ownedBy: ResourceOwner,
  enter: InNamespace,
): Promise<SilentBridges> {
  const networks = await docker.listNetworks({ filters: JSON.stringify({ label: labelFilter(ownedBy) }) });
  const ids = networks.filter(({ Driver }) => Driver === 'bridge').map(({ Id }) => Id);
  if (ids.length === 0) return new Map();
  const links = await enter('host', [...settings(ids, SILENT), ...ids.map(linkOf)].join('\n'));
  const addresses = [...(links ?? '').matchAll(/link\/ether ([0-9a-f:]{17})/g)].map(([, address]) => address ?? '');
  if (addresses.length === ids.length) return new Map(ids.map((id, index) => [id, addresses[index] ?? '']));
  await enter('host', settings(ids, ANSWERING).join('\n'));
  return new Map();
}

/** Lets the bridges answer again, if a container could not be given its gateway. */
export async function allowAnswers(bridges: SilentBridges, enter: InNamespace): Promise<void> {
  if (bridges.size > 0) await enter('host', settings([...bridges.keys()], ANSWERING).join('\n'));
}

function settings(ids: readonly string[], value: number): string[] {
  return ['set -e', ...ids.map((id) => `echo ${value} > /proc/sys/net/ipv4/conf/${nameOf(id)}/arp_ignore`)];
}

function linkOf(id: string): string {
  return `ip -o link show dev ${nameOf(id)}`;
}

/** Docker's usual name of a bridge. The networks of an arm never have options that change it. */
function nameOf(id: string): string {
  return `br-${id.slice(0, 12)}`;
}

/** A gateway that is given to a container. */
export interface Gateway {
  readonly address: string;
  /** Link address of its bridge. */
  readonly link: string;
}

/**
 * A shell script for a container's network namespace that adds the addresses of its gateways. First it drops packets
 * that wait for them, because these left before the rules were set.
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
