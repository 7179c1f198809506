import { createField } from './fields.js';

/**
 * Public IPv4 addresses of clients: `count` different ones, in turn. The same seed gives the same addresses, so both
 * arms see the same clients.
 */
export function clientAddresses(seed: number, count: number): (client: number) => string {
  const field = createField('proxyProtocol', { kind: 'ipv4', cardinality: count }, seed);
  return (client) => field.value(client % count);
}
