import { expect, test } from 'vitest';
import { parsePorts, portsOf, withFixedPorts } from '../../src/stack/fixed-ports.js';

const port = (target: number) => ({ target, published: '0', host_ip: '127.0.0.1', protocol: 'tcp' });
const model = (name: string) => ({
  name,
  services: { waf: { ports: [port(80), port(443)] }, origin: { ports: [port(80)] }, db: {} },
});

test('every published port gets a number of its own, below those that Linux gives away', () => {
  const ports = portsOf(withFixedPorts(model('shop'), new Set()));
  expect(new Set(ports).size).toBe(3);
  for (const one of ports) expect(one >= 20_000 && one < 32_768).toBe(true);
});

test('a port that is taken is passed over, also in a model that has numbers', () => {
  const first = withFixedPorts(model('shop'), new Set());
  const taken = new Set(portsOf(first));
  expect(portsOf(withFixedPorts(first, taken)).filter((one) => taken.has(one))).toEqual([]);
});

test('two arms that start at the same moment begin at different places', () => {
  expect(portsOf(withFixedPorts(model('a'), new Set()))).not.toEqual(portsOf(withFixedPorts(model('b'), new Set())));
});

test("the ports of the kernel's table, of servers and of connections", () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000
  12: 00000000000000000000000001000000:4E20 00000000000000000000000000000000:0000 0A 00000000:00000000
`;
  expect(parsePorts(table)).toEqual([8080, 20_000]);
});
