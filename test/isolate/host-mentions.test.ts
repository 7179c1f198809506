import { describe, expect, test } from 'vitest';
import type { ComposeModel } from '../../src/compose/model.js';
import { together } from './options.js';

const known = (services: ComposeModel['services'], rest: Partial<ComposeModel> = {}, text = '') =>
  together(services, { hostPaths: { '/p/g.conf': { kind: 'file', text, bytes: 1 } } }, rest)
    .changes.filter(({ mustKnow }) => mustKnow === true)
    .map(({ path, fix }) => [path, fix ?? '']);

describe('the host is named, which in the arm is not what was meant', () => {
  const store = { ports: [{ target: 8080, published: '6612' }] };
  test('a port that another service publishes, wherever it is named; a port of a peer on the host is none', () => {
    const gateway = {
      network_mode: 'host',
      command: ['serve', '--store=127.0.0.1:6612'],
      environment: { DSN: 'u:p@tcp(127.0.0.1:6612)/waf', SIX: '[::1]:6612', PEER: 'http://127.0.0.1:8000' },
      volumes: [{ type: 'bind', source: '/p/g.conf', target: '/g.conf', read_only: true }],
    };
    const found = known({ gateway, store, console: { network_mode: 'host' } }, {}, 'server localhost:6612;');
    expect(found.map(([path]) => path)).toEqual([
      'services.gateway.environment.DSN',
      'services.gateway.environment.SIX',
      'services.gateway.command',
      'services.gateway./p/g.conf',
    ]);
    expect(found[0]?.[1]).toContain('store:8080');
  });

  test("in a network of its own, loopback is the service's own and needs no remark", () => {
    expect(known({ waf: { environment: { DSN: '127.0.0.1:6612' } }, store })).toEqual([]);
  });

  test.each([
    ['environment.EDGE', { environment: { EDGE: 'http://172.30.8.1:18080/' } }],
    ['environment.ALT', { environment: { ALT: 'http://host.docker.internal:18080' } }],
    ['extra_hosts', { extra_hosts: ['edge=host-gateway'] }],
  ])('%s', (place, service) => {
    const networks = { front: { ipam: { config: [{ subnet: '172.30.8.0/24' }] } } };
    expect(known({ waf: { ...service, networks: { front: null } } }, { networks })).toMatchObject([
      [`services.waf.${place}`, expect.any(String)],
    ]);
  });
});

test('an address of a subnet that is too large to be moved is told', () => {
  const networks = { big: { ipam: { config: [{ subnet: '10.200.0.0/14' }] } } };
  expect(known({ waf: { environment: { PEER: '10.200.0.9:80', NET: '10.200.0.0/14' } } }, { networks })).toMatchObject([
    ['services.waf.environment.PEER', expect.any(String)],
  ]);
});

test('a subnet of IPv6 that is too large gets one of the arm in its place, since Docker chooses none', () => {
  const networks = { six: { enable_ipv6: true, ipam: { config: [{ subnet: 'fd00::/8' }] } } };
  const { model } = together({ waf: {} }, {}, { networks });
  expect(JSON.stringify(model.networks?.['six'])).toMatch(/"subnet":"fd[0-9a-f:]+::\/64"/);
});
