import { describe, expect, test } from 'vitest';
import type { ComposeModel, ComposeService } from '../../src/compose/model.js';
import { together } from '../isolate/options.js';

const known = (services: ComposeModel['services'], rest: Partial<ComposeModel> = {}, text = '') =>
  together(services, { hostPaths: { '/p/g.conf': { kind: 'file', text, bytes: 1 } } }, rest)
    .changes.filter(({ mustKnow }) => mustKnow === true)
    .map(({ path, what }) => [path, what] as const);

const networks = { front: { ipam: { config: [{ subnet: '172.30.8.0/24' }] } } };
const config: ComposeService = {
  volumes: [{ type: 'bind', source: '/p/g.conf', target: '/g.conf', read_only: true }],
};

describe('texts that name the host', () => {
  test('a port that no service publishes is reported, wherever it is named', () => {
    const waf = {
      ...config,
      command: ['serve', '--api=gateway.docker.internal:9001'],
      environment: { EDGE: 'http://172.30.8.1:18080/', ALT: 'http://host.docker.internal:18081' },
    };
    const found = known({ waf }, { networks }, 'server host.docker.internal:9003;');
    expect(found.map(([path, what]) => [path, /port \d+/.exec(what)?.[0]])).toEqual([
      ['services.waf.environment.EDGE', 'port 18080'],
      ['services.waf.environment.ALT', 'port 18081'],
      ['services.waf.command', 'port 9001'],
      ['services.waf./p/g.conf', 'port 9003'],
    ]);
  });

  test('a port that a service publishes needs no remark: it leads to that service', () => {
    const environment = { EDGE: 'http://172.30.8.1:18080/', ALT: 'host.docker.internal:18080', PLAIN: '172.30.8.1' };
    const edge = { ports: [{ target: 80, published: '18080' }] };
    expect(known({ waf: { environment }, edge }, { networks })).toEqual([]);
  });

  test("a service on the host's network may listen on any port", () => {
    const environment = { EDGE: 'http://172.30.8.1:18080/' };
    expect(known({ waf: { environment }, edge: { network_mode: 'host' } }, { networks })).toEqual([]);
  });

  test.each([
    ['of the bridge that all containers share', '172.17.0.1:8080', {}],
    [
      'of a subnet too small for one more',
      '172.30.9.1:8080',
      { small: { ipam: { config: [{ subnet: '172.30.9.0/30' }] } } },
    ],
  ])("an address %s is not that of the arm's host", (_what, address, own) => {
    const found = known({ waf: { environment: { EDGE: address } } }, { networks: own });
    expect(found).toMatchObject([['services.waf.environment.EDGE', expect.stringContaining('are refused')]]);
  });

  test('loopback on a bridge is the service’s own; a text that only looks like a name of the host is ignored', () => {
    const environment = {
      DSN: '127.0.0.1:6612',
      A: '1172.30.8.1:1',
      B: 'my-host.docker.internal:80',
      C: '172.30.8.11:1',
    };
    expect(known({ waf: { environment } }, { networks })).toEqual([]);
  });
});

test('an address in a subnet that is too large to be moved is reported', () => {
  const big = { big: { ipam: { config: [{ subnet: '10.200.0.0/14' }] } } };
  const waf = { environment: { PEER: '10.200.0.9:80', NET: '10.200.0.0/14' } };
  expect(known({ waf }, { networks: big })).toMatchObject([['services.waf.environment.PEER', expect.any(String)]]);
});

test('a subnet of IPv6 that is too large gets one of the arm in its place, since Docker chooses none', () => {
  const six = { six: { enable_ipv6: true, ipam: { config: [{ subnet: 'fd00::/8' }] } } };
  const { model } = together({ waf: {} }, {}, { networks: six });
  expect(JSON.stringify(model.networks?.['six'])).toMatch(/"subnet":"fd[0-9a-f:]+::\/64"/);
});
