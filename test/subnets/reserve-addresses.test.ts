import { expect, test } from 'vitest';
import { reserveAddresses } from '../../src/subnets/reserve-addresses.js';

const model = {
  services: {
    dns: { networks: { net: { ipv4_address: '10.94.1.2', ipv6_address: 'fd00:1::254' } } },
    web: { networks: { net: null } },
  },
};

test('who has no fixed address gets one from a range without fixed addresses', () => {
  const config = reserveAddresses({ subnet: '10.94.1.0/24' }, model, 'net');
  expect(config).toEqual({ subnet: '10.94.1.0/24', gateway: '10.94.1.1', ip_range: '10.94.1.128/25' });
});

test('in IPv6 the range is small and not at the end of the subnet, which Docker 26 refuses', () => {
  const config = reserveAddresses({ subnet: 'fd00:1::/64' }, model, 'net');
  expect(config.ip_range).toBe('fd00:1::8000/113');
});
