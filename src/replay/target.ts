import { BlockList, isIP } from 'node:net';
import { SlopegateError } from '../model/index.js';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Traffic goes only to this machine, or to a container of the run that is named here. */
export function assertAllowedTarget(host: string, allowed: readonly string[] = []): void {
  const address = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  if (address === 'localhost' || allowed.includes(address)) return;
  const family = isIP(address);
  if (family !== 0 && LOOPBACK.check(address, family === 6 ? 'ipv6' : 'ipv4')) return;
  throw new SlopegateError('TARGET_REFUSED', `slopegate does not send traffic to ${host}`, {
    hint:
      'It sends traffic only to this machine (127.0.0.0/8, ::1, localhost) or to containers of the run ' +
      'itself; publish the port of the stack on 127.0.0.1',
  });
}
