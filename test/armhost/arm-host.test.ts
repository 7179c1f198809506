import { describe, expect, test } from 'vitest';
import type { ComposeService } from '../../src/compose/model.js';
import { HOST_SERVICE } from '../../src/armhost/arm-host.js';
import { together } from '../isolate/options.js';

const networks = { front: { ipam: { config: [{ subnet: '172.30.8.0/24' }] } }, back: {} };
const gatewayOf = (model: ReturnType<typeof together>['model']) =>
  model.networks?.['front']?.ipam as { config: { subnet: string; gateway: string; ip_range: string }[] };

describe('a host of the arm’s own', () => {
  test('exists only if a service uses the network of the host, or a text names the host', () => {
    const names = (service: ComposeService) => Object.keys(together({ waf: service }).model.services);
    expect(names({ environment: { PEER: 'db:80' }, ports: [{ target: 80, published: '80' }] })).toEqual(['waf']);
    expect(names({ network_mode: 'host' })).toEqual(['waf', HOST_SERVICE]);
    expect(names({ extra_hosts: ['edge=host-gateway'] })).toEqual(['waf', HOST_SERVICE]);
  });

  test('all services of the host’s network join it, also one that only does its work and ends', () => {
    const { model } = together({
      init: { network_mode: 'host', extra_hosts: ['nas=192.168.1.5'], dns: ['1.1.1.1'], hostname: 'init' },
      waf: {
        network_mode: 'host',
        expose: ['80'],
        depends_on: { init: { condition: 'service_completed_successfully' } },
      },
      db: { networks: { back: null } },
    });
    for (const name of ['init', 'waf']) {
      expect(model.services[name]).toHaveProperty('network_mode', `service:${HOST_SERVICE}`);
      for (const key of ['extra_hosts', 'dns', 'hostname', 'expose', 'networks'])
        expect(model.services[name]).not.toHaveProperty(key);
    }
    expect(model.services[HOST_SERVICE]).toMatchObject({ extra_hosts: ['nas=192.168.1.5'], dns: ['1.1.1.1'] });
    expect(Object.keys(model.services[HOST_SERVICE]?.networks ?? {})).toEqual(['back']);
  });

  test('has the address of the gateway, and other containers get no address that is in use', () => {
    const waf = { networks: { front: { ipv4_address: '172.30.8.10' } }, environment: { EDGE: 'http://172.30.8.1:80' } };
    const app = { networks: { front: null, back: null }, ports: [{ target: 8080, published: '80' }] };
    const { model, moves } = together({ waf, app }, {}, { networks });
    const own = model.services[HOST_SERVICE]?.networks?.['front']?.ipv4_address ?? '';
    expect(model.services['waf']?.['environment']).toEqual({ EDGE: `http://${own}:80` });
    expect(moves).toHaveLength(1);
    const prefix = own.replace(/1$/, '');
    expect(gatewayOf(model).config).toEqual([
      { subnet: `${prefix}0/24`, gateway: `${prefix}2`, ip_range: `${prefix}128/25` },
    ]);
  });

  test('a stated range that holds the gateway’s old address is not kept', () => {
    const stated = {
      front: { ipam: { config: [{ subnet: '172.30.8.0/24', ip_range: '172.30.8.0/25', gateway: '172.30.8.1' }] } },
    };
    const { model } = together(
      { waf: { network_mode: 'host' }, app: { networks: { front: null } } },
      {},
      { networks: stated },
    );
    expect(gatewayOf(model).config[0]?.ip_range).toMatch(/\.128\/25$/);
  });

  test('in a subnet of IPv6 too', () => {
    const six = { front: { enable_ipv6: true, ipam: { config: [{ subnet: 'fd00:5::/64' }] } } };
    const { model } = together(
      { waf: { network_mode: 'host' }, app: { networks: { front: null } } },
      {},
      { networks: six },
    );
    const own = model.services[HOST_SERVICE]?.networks?.['front']?.ipv6_address;
    expect(own).toMatch(/::1$/);
    expect(gatewayOf(model).config[0]).toMatchObject({
      gateway: expect.stringMatching(/::2$/) as string,
      ip_range: expect.stringMatching(/::8000\/113$/) as string,
    });
  });

  test('is found by every name of the host, which no other service keeps for the machine', () => {
    const { model } = together({
      waf: { extra_hosts: ['edge=host-gateway', 'nas=192.168.1.5'], networks: { back: null } },
    });
    expect(model.services['waf']?.['extra_hosts']).toEqual(['nas=192.168.1.5']);
    expect(model.services[HOST_SERVICE]?.networks?.['back']?.aliases).toEqual([
      'host.docker.internal',
      'gateway.docker.internal',
      'edge',
    ]);
  });

  test('what production publishes leads from there to the service, on the addresses that it is published on', () => {
    const ports = [
      { target: 8080, published: '6612' },
      { target: 3306, published: '3306', host_ip: '127.0.0.1' },
      { target: 514, published: '514', protocol: 'udp', host_ip: '192.168.1.10' },
      { target: 90, published: '9000-9001' },
      { target: 91 },
    ];
    const { model, changes } = together({
      waf: { network_mode: 'host', ports: [{ target: 1, published: '1' }] },
      store: { ports },
    });
    const { command } = model.services[HOST_SERVICE] as { readonly command: readonly string[] };
    expect(command.slice(3)).toEqual(['tcp  6612 store 8080', 'tcp 127.0.0.1 3306 store 3306', 'udp  514 store 514']);
    expect(changes.map(({ what }) => what)).toContain("port 6612/tcp of the arm's own host leads to store:8080");
  });

  test('its name is slopegate’s', () => {
    const { refusals } = together({ [HOST_SERVICE]: { network_mode: 'host' } });
    expect(refusals.map(({ path }) => path)).toEqual([`services.${HOST_SERVICE}`]);
  });
});
