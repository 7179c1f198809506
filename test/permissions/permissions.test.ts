import { describe, expect, test } from 'vitest';
import type { ComposeModel, ComposeService } from '../../src/compose/model.js';
import type { Allowance } from '../../src/model/index.js';
import { alone, together } from '../isolate/options.js';

describe('keys that reach out of the arm are refused, and the permission is named', () => {
  const CASES: readonly (readonly [string, ComposeService, Allowance])[] = [
    ['privileged', { privileged: true }, 'privileges'],
    ['cap_add', { cap_add: ['SYS_ADMIN'] }, 'privileges'],
    ['cap_add', { cap_add: ['CAP_SYS_MODULE'] }, 'privileges'],
    ['cap_add', { cap_add: ['ALL'] }, 'privileges'],
    ['security_opt', { security_opt: ['seccomp=unconfined'] }, 'privileges'],
    ['security_opt', { security_opt: ['label:disable'] }, 'privileges'],
    ['security_opt', { security_opt: ['seccomp=./everything.json'] }, 'privileges'],
    ['security_opt', { security_opt: ['label:type:spc_t'] }, 'privileges'],
    ['security_opt', { security_opt: ['systempaths=unconfined'] }, 'privileges'],
    ['security_opt', { security_opt: ['an-option-of-tomorrow'] }, 'privileges'],
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
    ['volumes./x.type', { volumes: [{ type: 'image', source: 'prod:1', target: '/x' }] }, 'unknown-keys'],
    ['volumes./x.future', { volumes: [{ type: 'volume', source: 'v', target: '/x', future: 1 }] }, 'unknown-keys'],
    ['networks.n.future', { networks: { n: { future: 1 } } }, 'unknown-keys'],
    ['networks.n.driver_opts', { networks: { n: { driver_opts: { parent: 'eth0' } } } }, 'unknown-keys'],
    ['models', { models: { llm: {} } }, 'unknown-keys'],
    ['credential_spec', { credential_spec: { file: 'x.json' } }, 'unknown-keys'],
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

describe('what a build would read of the host', () => {
  const secrets = { s: { file: '/etc/shadow' } };
  test.each<readonly [string, object]>([
    ['context', { context: '/etc' }],
    ['context', { context: '/srv/../proc/1' }],
    ['additional_contexts', { context: '/srv/waf', additional_contexts: { home: '/root' } }],
    ['secrets', { context: '/srv/waf', secrets: [{ source: 's' }] }],
    ['ssh', { context: '/srv/waf', ssh: ['id=/home/me/.ssh/id_ed25519'] }],
  ])('%s: %j', (key, build) => {
    const found = together({ waf: { build: { ...build } } }, {}, { secrets }).refusals;
    expect(found).toMatchObject([{ path: `services.waf.build.${key}`, allow: 'host-system', service: 'waf' }]);
  });

  test('a link in the place of a context is followed', () => {
    const hostPaths = { '/srv/waf': { kind: 'folder', text: '', real: '/etc' } } as const;
    expect(alone({ build: { context: '/srv/waf' } }, { hostPaths }).refusals).toHaveLength(1);
  });

  test('a folder of its own, an image, an address are fine; the network of the host and ssh are reported', () => {
    const additional = {
      base: 'docker-image://debian:12',
      rules: 'https://example.com/rules.git',
      other: 'service:db',
    };
    const build = { context: '/srv/waf', network: 'host', ssh: ['default'], additional_contexts: additional };
    const { refusals, changes } = alone({ build });
    expect(refusals).toEqual([]);
    expect(changes.filter(({ mustKnow }) => mustKnow).map(({ path }) => path)).toEqual([
      'services.waf.build.network',
      'services.waf.build.ssh',
    ]);
  });
});

describe('a service that could undo the rules for outgoing connections', () => {
  test.each<ComposeService>([{ cap_add: ['NET_ADMIN'] }, { cap_add: ['cap_net_admin'] }])('%j', (service) => {
    expect(alone(service, { outbound: 'none' }).refusals).toMatchObject([
      { path: 'services.waf.cap_add', allow: null, service: 'waf' },
    ]);
    const { refusals, changes } = alone(service);
    expect(refusals).toEqual([]);
    expect(changes).toMatchObject([{ path: 'services.waf.cap_add', mustKnow: true }]);
    expect(alone(service, { outbound: 'open' }).changes).toEqual([]);
  });

  test('privileges that are allowed count too', () => {
    const options = { outbound: 'none', allow: ['privileges'] } as const;
    expect(alone({ privileged: true }, options).refusals.map(({ path }) => path)).toEqual(['services.waf.privileged']);
  });

  test('IPv6 is reported, as its first moment is not closed', () => {
    const { changes } = together({ waf: {} }, {}, { networks: { six: { enable_ipv6: true } } });
    expect(changes).toMatchObject([{ path: 'networks.six.enable_ipv6', mustKnow: true }]);
  });
});

describe('keys that affect only the arm need no permission', () => {
  test.each<ComposeService>([
    { privileged: false, cap_add: ['NET_ADMIN', 'cap_sys_ptrace'], security_opt: ['no-new-privileges:true'] },
    { security_opt: ['apparmor=docker-default', 'seccomp=builtin', 'label:level:s0:c1'] },
    {
      volumes: [
        { type: 'tmpfs', target: '/t', tmpfs: { size: '1' } },
        { type: 'volume', source: 'v', target: '/v' },
      ],
    },
    { networks: { n: { interface_name: 'eth9', driver_opts: { 'com.docker.network.endpoint.ifname': 'a' } } } },
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

describe('keys that the container does not need are removed', () => {
  test('its place among the groups, processors and victims of the host', () => {
    const service = {
      cgroup_parent: '/prod.slice',
      cpuset: '0',
      oom_kill_disable: true,
      oom_score_adj: -900,
      annotations: { 'org.systemd.property.Slice': 'prod' },
      develop: { watch: [] },
    };
    const { model, changes, refusals } = alone(service);
    expect(refusals).toEqual([]);
    for (const key of Object.keys(service)) expect(model.services['waf']).not.toHaveProperty(key);
    expect(changes.map(({ path }) => path)).toEqual(
      ['annotations', 'cgroup_parent', 'cpuset', 'oom_kill_disable', 'oom_score_adj'].map(
        (key) => `services.waf.${key}`,
      ),
    );
  });

  test('labels, by which a proxy of production would send traffic to the arm', () => {
    const labels = { 'traefik.enable': 'true' };
    expect(alone({ labels }).model.services['waf']?.labels).toEqual({ 'io.slopegate': '1' });
    expect(alone({ labels }, { allow: ['docker-socket'] }).model.services['waf']?.labels).toMatchObject(labels);
  });
});

test("a log in the host's journal, which tools of production read, stays in a file of the arm", () => {
  const { model, changes } = alone({ logging: { driver: 'journald', options: { tag: 'prod' } } });
  expect(model.services['waf']?.['logging']).toMatchObject({ driver: 'json-file' });
  expect(changes.map(({ path }) => path)).toEqual(['services.waf.logging']);
});

describe("the host's shared memory", () => {
  const ipcOf = ({ model }: ReturnType<typeof together>) =>
    Object.fromEntries(Object.entries(model.services).map(([name, { ipc }]) => [name, ipc]));

  test('becomes shared memory of the arm: that of a service that waits for no other one', () => {
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

  test('a service that uses the namespace or the volumes of an omitted service is named', () => {
    expect(together(services, { omit: ['stats'] }).refusals.map(({ path }) => path)).toEqual([
      'services.side.network_mode',
      'services.vols.volumes_from',
    ]);
  });

  test('links to omitted services are removed and reported', () => {
    const { model, changes, refusals } = together(services, { omit: ['stats', 'side', 'vols'] });
    expect(refusals).toEqual([]);
    expect(model.services['waf']).toMatchObject({ links: ['db'], depends_on: {} });
    expect(changes.map(({ path }) => path)).toContain('services.waf.links');
  });
});
