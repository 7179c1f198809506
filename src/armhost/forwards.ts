import type { ComposeModel, ComposePort } from '../compose/model.js';
import type { Forward } from './forwarder.js';

const LOOPBACK = ['127.0.0.1', '::1'];

/**
 * The ports that production publishes on its host, and the arm on its own host. An address of production's host that is
 * not loopback means every address. A service on the host's own network publishes nothing, because it listens there
 * itself.
 */
export function forwardsOf({ services }: ComposeModel): Forward[] {
  const all = Object.entries(services).flatMap(([service, { ports = [], network_mode: mode }]) =>
    mode === 'host' || mode === 'none' ? [] : ports.flatMap((port) => forwardOf(service, port) ?? []),
  );
  const keyOf = ({ protocol, address, port }: Forward): string => `${protocol} ${address} ${port}`;
  return all.filter((one, index) => all.findIndex((other) => keyOf(other) === keyOf(one)) === index);
}

function forwardOf(service: string, { host_ip: address = '', published, target, protocol = 'tcp' }: ComposePort) {
  const port = Number(published ?? Number.NaN);
  if (!Number.isInteger(port) || port < 1 || (protocol !== 'tcp' && protocol !== 'udp')) return null;
  return { protocol, address: LOOPBACK.includes(address) ? address : '', port, service, target } as const;
}
