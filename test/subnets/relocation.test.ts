import { describe, expect, test } from 'vitest';
import { parseRoutes } from '../../src/arms/survey/subnets-in-use.js';
import { formatAddress, formatSubnet, overlap, parseAddress, parseSubnet } from '../../src/subnets/addresses.js';
import { chooseSubnets } from '../../src/subnets/choose-subnets.js';
import { relocate, relocateAll, type Move } from '../../src/subnets/relocation.js';

const subnet = (text: string) => parseSubnet(text)!;
const small: Move = { from: subnet('172.22.222.0/24'), to: subnet('10.99.7.0/24'), block: 24 };
const large: Move = { from: subnet('172.30.0.0/16'), to: subnet('10.100.0.0/16'), block: 16 };
const six: Move = { from: subnet('fd00:dead:beef::/64'), to: subnet('fdaa:bbbb:cccc::/64'), block: 48 };

describe('addresses', () => {
  test.each(['172.22.222.4', '255.255.255.255', 'fd00::5', '::1', '1:2:3:4:5:6:7:8', 'fd00:0:0:1::'])(
    '%s stays the same',
    (text) => {
      expect(formatAddress(parseAddress(text)!)).toBe(text);
    },
  );
  test.each(['172.22.222', '256.1.1.1', '1.2.3.4.5', 'a::b::c', '12:30', 'fd00:::1'])(
    '%s is not an address',
    (text) => {
      expect(parseAddress(text)).toBeNull();
    },
  );
  test('a subnet loses its host bits', () => {
    expect(formatSubnet(subnet('10.1.2.3/24'))).toBe('10.1.2.0/24');
    expect([parseSubnet('10.1.2.3'), parseSubnet('10.1.2.3/33'), parseSubnet('x/8')]).toEqual([null, null, null]);
    expect([
      overlap(subnet('10.0.0.0/8'), subnet('10.1.0.0/16')),
      overlap(subnet('10.0.0.0/16'), subnet('10.1.0.0/16')),
    ]).toEqual([true, false]);
  });
});

describe('addresses in texts move with their subnet', () => {
  test.each([
    ['172.22.222.4', '10.99.7.4'],
    ['https://172.22.222.4:1443/api', 'https://10.99.7.4:1443/api'],
    ['172.22.222.0/24,192.0.2.1', '10.99.7.0/24,192.0.2.1'],
    ['^172.22.222.', '^10.99.7.'],
    ['172.22.222.*', '10.99.7.*'],
    [String.raw`^172\.22\.222\.\d+$`, String.raw`^10\.99\.7\.\d+$`],
    [String.raw`172\\.22\\.222\\.4`, String.raw`10\\.99\\.7\\.4`],
    ['172.22.2220', '172.22.2220'],
    ['1172.22.222.4', '1172.22.222.4'],
    ['172.22.222.4.5', '172.22.222.4.5'],
    ['172.22.223.4', '172.22.223.4'],
    ['172.22.222.128/25', '10.99.7.128/25'],
    // A larger subnet is another, and a part of an address looks like a version.
    ['172.16.0.0/12 172.22.222.0/8', '172.16.0.0/12 172.22.222.0/8'],
    ['waf-172.22.222-rc1', 'waf-172.22.222-rc1'],
    ['172.22.222', '172.22.222'],
    ['172.30.', '10.100.'],
    ['version 172.30 of it', 'version 172.30 of it'],
    ['172.30.9.9', '10.100.9.9'],
    ['[fd00:dead:beef::7]:80 at 12:30:45', '[fdaa:bbbb:cccc::7]:80 at 12:30:45'],
    ['fd00:dead::/32', 'fd00:dead::/32'],
  ])('%s → %s', (before, after) => {
    expect(relocate(before, [small, large, six])).toBe(after);
  });
});

describe('the leading octets of a subnet', () => {
  test.each([
    ['SUBNET_PREFIX', '172.22.222', '10.99.7'],
    ['SUBNET_PREFIX', '172.22.222.', '10.99.7.'],
    ['DOCKER_NETWORK', '172.30', '10.100'],
    ['PG_VERSION', '172.22.222', '172.22.222'],
    ['PG_VERSION', '172.30', '172.30'],
    ['VERSION', '172.22.222.4', '10.99.7.4'],
  ])('%s=%s → %s', (name, before, after) => {
    expect(relocateAll({ [name]: before }, [small, large, six])).toEqual({ [name]: after });
  });
});

describe('choosing subnets', () => {
  const model = (...subnets: string[]) => ({
    services: {},
    networks: { net: { ipam: { config: subnets.map((text) => ({ subnet: text })) } } },
  });
  const chosen = (subnets: readonly string[], inUse: readonly string[] = [], project = 'p') =>
    chooseSubnets(model(...subnets), inUse, project).moves.map(({ to }) => formatSubnet(to));

  test('never one in use, and another one for another project', () => {
    const [first = ''] = chosen(['172.22.222.0/24']);
    expect(first).toMatch(/^10\.\d+\.\d+\.0\/24$/);
    expect(chosen(['172.22.222.0/24'], [first])).not.toContain(first);
    expect(chosen(['172.22.222.0/24'], [], 'q')).not.toContain(first);
  });

  test('halves of one block stay together, and low bits stay', () => {
    const [one = '', two = ''] = chosen(['172.20.0.0/25', '172.20.0.128/25']);
    expect(two).toBe(one.replace('.0/25', '.128/25'));
    expect(chosen(['172.20.48.0/20'])[0]).toMatch(/^10\.\d+\.48\.0\/20$/);
  });

  test('Docker replaces a subnet that is too large; an invalid one, or one without a free range, is reported', () => {
    expect(chooseSubnets(model('10.0.0.0/8'), [], 'p').dropped).toEqual(['10.0.0.0/8']);
    expect(chooseSubnets(model('nonsense'), [], 'p').unmovable).toEqual(['nonsense']);
    expect(chooseSubnets(model('172.20.0.0/24'), ['10.0.0.0/8'], 'p').unmovable).toEqual(['172.20.0.0/24']);
  });
});

test("the host's routes are read from the kernel; the default route is not one of them", () => {
  const text =
    'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\n' +
    'I\t00000000\t010200C0\t3\t0\t0\t0\t00000000\n' +
    'I\t000200C0\t00000000\t1\t0\t0\t0\t00FFFFFF\n' +
    'd\t000011AC\t00000000\t1\t0\t0\t0\t0000FFFF\n';
  expect(parseRoutes(text)).toEqual(['192.0.2.0/24', '172.17.0.0/16']);
});
