import { describe, expect, test } from 'vitest';
import type { ComposeModel, ComposeService } from '../../src/compose/model.js';
import type { Allowance } from '../../src/model/index.js';
import { alone, together } from './options.js';

describe('what would reach out of the arm is refused, and the permission is named', () => {
  const CASES: readonly (readonly [string, ComposeService, Allowance])[] = [
    ['privileged', { privileged: true }, 'privileges'],
    ['cap_add', { cap_add: ['SYS_ADMIN'] }, 'privileges'],
    ['cap_add', { cap_add: ['CAP_SYS_MODULE'] }, 'privileges'],
    ['cap_add', { cap_add: ['ALL'] }, 'privileges'],
    ['security_opt', { security_opt: ['seccomp=unconfined'] }, 'privileges'],
    ['security_opt', { security_opt: ['label:disable'] }, 'privileges'],
    ['pid', { pid: 'host' }, 'host-namespaces'],
    ['pid', { pid: 'container:prod' }, 'other-containers'],
    ['ipc', { ipc: 'container:prod' }, 'other-containers'],
    ['uts', { uts: 'host' }, 'host-namespaces'],
    ['userns_mode', { userns_mode: 'host' }, 'host-namespaces'],
    ['cgroup', { cgroup: 'host' }, 'host-namespaces'],
    ['network_mode', { network_mode: 'container:prod' }, 'other-containers'],
    ['network_mode', { network_mode: 'prod_default' }, 'other-containers'],
    ['volumes_from', { volumes_from: ['container:prod-db:rw'] }, 'other-containers'],
    ['external_links', { external_links: ['prod-db:db'] }, 'other-containers'],
    ['devices', { devices: ['/dev/sda:/dev/sda:rwm'] }, 'devices'],
    ['devices', { devices: [{ source: '/dev/kmsg', target: '/dev/kmsg' }] }, 'devices'],
    ['device_cgroup_rules', { device_cgroup_rules: ['a *:* rwm'] }, 'devices'],
    ['gpus', { gpus: 'all' }, 'devices'],
    ['runtime', { runtime: 'nvidia' }, 'devices'],
    ['deploy.resources', { deploy: { resources: { reservations: { devices: [{ driver: 'nvidia' }] } } } }, 'devices'],
    ['sysctls', { sysctls: { 'vm.max_map_count': '262144' } }, 'host-system'],
    ['use_api_socket', { use_api_socket: true }, 'docker-socket'],
    ['post_start', { post_start: [{ command: ['x'], privileged: true }] }, 'privileges'],
    ['build.privileged', { build: { context: '.', privileged: true } }, 'privileges'],
    ['provider', { provider: { type: 'cloud' } }, 'unknown-keys'],
    ['a_key_of_tomorrow', { a_key_of_tomorrow: 'yes' }, 'unknown-keys'],
  ];

  test.each(CASES)('%s: %j', (key, service, allow) => {
    expect(alone(service).refusals).toMatchObject([{ path: `services.waf.${key}`, allow, service: 'waf' }]);
    expect(alone(service, { allow: [allow] }).refusals).toEqual([]);
  });

  test('top-level keys, networks, volumes, configs and secrets as well', () => {
    const rest: Partial<ComposeModel> = {
      models: { llm: { model: 'x' } },
      networks: { a: { future: 1 } },
      volumes: { b: { future: 1 } },
      configs: { c: { external: true } },
      secrets: { d: { driver: 'vault' } },
    };
    expect(together({ waf: {} }, {}, rest).refusals.map(({ path, allow }) => [path, allow])).toEqual([
      ['models', 'unknown-keys'],
      ['networks.a.future', 'unknown-keys'],
      ['volumes.b.future', 'unknown-keys'],
      ['configs.c.external', null],
      ['secrets.d.driver', null],
    ]);
  });

  test.each<readonly [string, NonNullable<ComposeModel['volumes']>[string], Allowance]>([
    ['a disk', { driver_opts: { type: 'ext4', device: '/dev/sdb1' } }, 'host-system'],
    [
      'an overlay of host folders',
      { driver_opts: { type: 'overlay', device: 'overlay', o: 'lowerdir=/' } },
      'host-system',
    ],
    ['smb3', { driver_opts: { type: 'smb3', device: '//nas/share' } }, 'network-storage'],
    ['nfs', { driver_opts: { type: 'nfs', device: ':/x', o: 'addr=10.0.0.1' } }, 'network-storage'],
    ['a plugin', { driver: 'rexray' }, 'network-storage'],
    ['the whole host', { driver_opts: { type: 'none', o: 'bind', device: '/' } }, 'docker-socket'],
    ['/proc', { driver_opts: { type: 'none', o: 'bind', device: '/proc' } }, 'host-system'],
    ['an option of tomorrow', { driver_opts: { future: 'x' } }, 'unknown-keys'],
  ])('a volume that stands for %s', (_name, volume, allow) => {
    const volumes = { v: volume };
    expect(together({ waf: {} }, {}, { volumes }).refusals).toMatchObject([{ path: 'volumes.v', allow }]);
    expect(together({ waf: {} }, { allow: [allow] }, { volumes }).refusals).toEqual([]);
  });
});

describe('what stays within the arm needs no permission', () => {
  test.each<ComposeService>([
    { privileged: false, cap_add: ['NET_ADMIN', 'cap_sys_ptrace'], security_opt: ['no-new-privileges:true'] },
    { devices: ['/dev/null:/dev/xnull:rwm', '/dev/net/tun'], sysctls: { 'net.core.somaxconn': '1024' } },
    { pid: 'service:db', ipc: 'shareable', network_mode: 'service:db', volumes_from: ['db:ro'], links: ['db:store'] },
    { 'x-notes': { any: 'thing' }, gpus: null, runtime: 'runc', cgroup: 'private' },
    { ulimits: { nofile: 65535 }, shm_size: '1g', init: true, tmpfs: ['/tmp'], group_add: ['docker'] },
  ])('%j', (service) => {
    expect(together({ waf: service, db: {} }).refusals).toEqual([]);
  });

  test.each(['tmpfs', ''])('a volume of type "%s"', (type) => {
    const volumes = { v: type === '' ? {} : { driver_opts: { type, device: type, o: 'size=64m' } } };
    expect(together({ waf: {} }, {}, { volumes }).refusals).toEqual([]);
  });
});

describe('what the container can do without is dropped', () => {
  test('its place among the groups, processors and victims of the host', () => {
    const service = {
      cgroup_parent: '/prod.slice',
      cpuset: '0',
      oom_kill_disable: true,
      oom_score_adj: -900,
      develop: { watch: [] },
    };
    const { model, changes, refusals } = alone(service);
    expect(refusals).toEqual([]);
    for (const key of Object.keys(service)) expect(model.services['waf']).not.toHaveProperty(key);
    expect(changes.map(({ path }) => path)).toEqual(
      ['cgroup_parent', 'cpuset', 'oom_kill_disable', 'oom_score_adj'].map((key) => `services.waf.${key}`),
    );
  });

  test('labels, by which a proxy of production would send traffic to the arm', () => {
    const labels = { 'traefik.enable': 'true' };
    expect(alone({ labels }).model.services['waf']?.labels).toEqual({ 'io.slopegate': '1' });
    expect(alone({ labels }, { allow: ['docker-socket'] }).model.services['waf']?.labels).toMatchObject(labels);
  });
});

describe("the host's shared memory", () => {
  const ipcOf = ({ model }: ReturnType<typeof together>) =>
    Object.fromEntries(Object.entries(model.services).map(([name, { ipc }]) => [name, ipc]));

  test('becomes one of the arm, that of a service which waits for none of the others', () => {
    const isolated = together({
      agent: { ipc: 'host', depends_on: { store: { condition: 'service_started' } } },
      store: { ipc: 'host' },
      other: {},
    });
    expect(ipcOf(isolated)).toEqual({ agent: 'service:store', store: 'shareable', other: undefined });
    expect(isolated.model.services['store']).toHaveProperty('shm_size', '1073741824');
    expect(isolated.refusals).toEqual([]);
  });

  test('a service that does its work and ends is not its owner', () => {
    const done = { init: { condition: 'service_completed_successfully' } };
    expect(ipcOf(together({ init: { ipc: 'host' }, waf: { ipc: 'host', depends_on: done } }))).toEqual({
      init: undefined,
      waf: 'shareable',
    });
  });
});

describe('omit', () => {
  const services = {
    stats: { ipc: 'shareable' },
    waf: { links: ['stats:st', 'db'], depends_on: { stats: { condition: 'service_started' } } },
    side: { network_mode: 'service:stats' },
    vols: { volumes_from: ['stats:ro'] },
    db: {},
  };

  test('a service that stands in the namespace or on the volumes of one left out is named', () => {
    expect(together(services, { omit: ['stats'] }).refusals.map(({ path }) => path)).toEqual([
      'services.side.network_mode',
      'services.vols.volumes_from',
    ]);
  });

  test('links to what is left out are dropped, and told', () => {
    const { model, changes, refusals } = together(services, { omit: ['stats', 'side', 'vols'] });
    expect(refusals).toEqual([]);
    expect(model.services['waf']).toMatchObject({ links: ['db'], depends_on: {} });
    expect(changes.map(({ path }) => path)).toContain('services.waf.links');
  });
});
