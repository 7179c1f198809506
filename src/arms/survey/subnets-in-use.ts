import type { DockerConnection } from '../../docker/connect.js';
import { formatSubnet, parseSubnet, type Subnet } from '../../subnets/index.js';

/**
 * Every subnet of the daemon's networks and of its host's routes. If the routes cannot be read, the 65,536 addresses
 * around the one at which we reach the daemon.
 */
export async function subnetsInUse({ docker, publishedOn, readHostFile }: DockerConnection): Promise<string[]> {
  const networks = await docker.listNetworks();
  const configured = networks.flatMap(({ IPAM }) => (IPAM?.Config ?? []).flatMap(({ Subnet: subnet }) => subnet ?? []));
  const table = await readHostFile('/proc/net/route');
  const routes = table === null ? around(await publishedOn()) : parseRoutes(table);
  return [...new Set([...configured, ...routes])].sort();
}

function around(address: string): string[] {
  const subnet = parseSubnet(`${address}/16`);
  return subnet === null ? [] : [formatSubnet(subnet)];
}

/**
 * The destinations in /proc/net/route: hexadecimal, the least significant byte first. The default route contains
 * everything and is left out.
 */
export function parseRoutes(text: string): string[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, destination = '', , , , , , mask = ''] = line.split(/\s+/);
      if (!/^[0-9A-F]{8}$/i.test(destination) || !/^[0-9A-F]{8}$/i.test(mask) || Number.parseInt(mask, 16) === 0)
        return [];
      const subnet: Subnet = {
        bits: 32,
        value: swapped(destination),
        prefix: swapped(mask).toString(2).replaceAll('0', '').length,
      };
      return [formatSubnet(subnet)];
    });
}

function swapped(hex: string): bigint {
  return BigInt(`0x${(hex.match(/../g) ?? []).toReversed().join('')}`);
}
