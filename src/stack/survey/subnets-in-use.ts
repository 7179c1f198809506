import { readFile } from 'node:fs/promises';
import type Docker from 'dockerode';
import { formatSubnet, type Subnet } from '../isolate/addresses.js';

/** Every subnet of the daemon's networks and, where the daemon is on this host, of the host's routes. */
export async function subnetsInUse(docker: Docker): Promise<string[]> {
  const networks = await docker.listNetworks();
  const configured = networks.flatMap(({ IPAM }) => (IPAM?.Config ?? []).flatMap(({ Subnet: subnet }) => subnet ?? []));
  return [...new Set([...configured, ...(await routes())])].sort();
}

async function routes(): Promise<string[]> {
  return parseRoutes(await readFile('/proc/net/route', 'utf8').catch(() => ''));
}

/** The destinations in /proc/net/route: hexadecimal, the least significant byte first. The default route is everything, and is left out. */
export function parseRoutes(text: string): string[] {
  return text.split('\n').slice(1).flatMap((line) => {
    const [, destination = '', , , , , , mask = ''] = line.split(/\s+/);
    if (!/^[0-9A-F]{8}$/i.test(destination) || !/^[0-9A-F]{8}$/i.test(mask) || Number.parseInt(mask, 16) === 0) return [];
    const subnet: Subnet = { bits: 32, value: swapped(destination), prefix: swapped(mask).toString(2).replaceAll('0', '').length };
    return [formatSubnet(subnet)];
  });
}

function swapped(hex: string): bigint {
  return BigInt(`0x${(hex.match(/../g) ?? []).toReversed().join('')}`);
}
