import type { Allowance } from '../../../src/model/index.js';
import type { Production } from './production.js';

type Part = Readonly<Record<string, unknown>>;

/** One way in which a compose file reaches for what is not the arm's. */
export interface Attack {
  readonly name: string;
  /** Keys of a service. */
  readonly service: Part;
  /** Networks, volumes, configs and secrets that it needs, by their kind. */
  readonly top?: Readonly<Record<string, Part>>;
  /** What `stack.allow` would have to name; `nothing` where nothing helps; null if the arm starts with its own. */
  readonly refused: Allowance | 'nothing' | null;
  /** Another attack whose service it needs. */
  readonly beside?: string;
}

const refused = (allow: Allowance | 'nothing', attacks: Readonly<Record<string, Part>>): Attack[] =>
  Object.entries(attacks).map(([name, service]) => ({ name, service, refused: allow }));
const mounts = (sources: Readonly<Record<string, string>>): Readonly<Record<string, Part>> =>
  Object.fromEntries(Object.entries(sources).map(([name, volume]) => [name, { volumes: [volume] }]));

/** A volume that is named like the attack, and mounted. */
const volume = (name: string, options: Part, allow: Attack['refused']): Attack => ({
  name,
  service: { volumes: [`${name}:/reached`] },
  top: { volumes: { [name]: options } },
  refused: allow,
});
const bound = (device: string): Part => ({ driver_opts: { type: 'none', o: 'bind', device } });

/** Attacks on production that slopegate must refuse. */
export function refusedAttacks({ folder, container, network }: Production): readonly Attack[] {
  return [
    ...refused('other-containers', {
      'volumes-from': { volumes_from: [`container:${container}`] },
      'volumes-from-read-only': { volumes_from: [`container:${container}:ro`] },
      'ipc-of-another': { ipc: `container:${container}` },
      'pid-of-another': { pid: `container:${container}` },
      'network-of-another': { network_mode: `container:${container}` },
      'network-by-name': { network_mode: network },
      'external-links': { external_links: [`${container}:db`] },
    }),
    ...refused('host-namespaces', {
      'pid-of-the-host': { pid: 'host' },
      'name-of-the-host': { uts: 'host' },
      'users-of-the-host': { userns_mode: 'host' },
      'groups-of-the-host': { cgroup: 'host' },
    }),
    ...refused('privileges', {
      privileged: { privileged: true },
      'cap-sys-admin': { cap_add: ['SYS_ADMIN'] },
      'cap-all': { cap_add: ['ALL'] },
      'cap-module': { cap_add: ['CAP_SYS_MODULE'] },
      'cap-read-search': { cap_add: ['DAC_READ_SEARCH'] },
      'without-seccomp': { security_opt: ['seccomp:unconfined'] },
      'without-apparmor': { security_opt: ['apparmor=unconfined'] },
      'without-labels': { security_opt: ['label:disable'] },
      'labels-of-another-kind': { security_opt: ['label:type:spc_t'] },
      'rules-of-its-own': { security_opt: [`seccomp:${folder}/site/canary`] },
    }),
    ...refused('devices', {
      'kernel-log': { devices: ['/dev/kmsg:/dev/kmsg'] },
      memory: { devices: ['/dev/mem'] },
      'device-rules': { device_cgroup_rules: ['a *:* rwm'] },
      'other-runtime': { runtime: 'io.containerd.kata.v2' },
      reservation: {
        deploy: { resources: { reservations: { devices: [{ driver: 'nvidia', count: 1, capabilities: ['gpu'] }] } } },
      },
    }),
    ...refused('docker-socket', mounts({ 'whole-host': '/:/reached:ro', 'var-of-the-host': '/var:/reached:ro' })),
    ...refused('docker-socket', mounts({ 'link-to-the-whole-host': `${folder}/to-root:/reached:ro` })),
    ...refused('docker-socket', mounts({ 'run-of-containerd': '/run/containerd:/reached:ro' })),
    ...refused(
      'host-system',
      mounts({
        proc: '/proc:/reached:ro',
        'proc-through-slashes': '//proc//1//:/reached:ro',
        'proc-through-dots': `${folder}/../../../proc:/reached:ro`,
        'proc-through-a-link': `${folder}/to-proc:/reached:ro`,
        'root-of-a-process': '/proc/1/root:/reached:ro',
        'sys-writable': '/sys:/reached',
        dev: '/dev:/reached:ro',
        'device-as-a-mount': '/dev/kmsg:/reached',
        'shared-memory-of-the-host': '/dev/shm:/reached',
        etc: '/etc:/reached:ro',
        passwords: '/etc/shadow:/reached:ro',
        'home-of-root': '/root:/reached:ro',
        homes: '/home:/reached:ro',
        'data-of-docker': '/var/lib/docker:/reached:ro',
        'volume-of-production': `/var/lib/docker/volumes/${network}_data/_data:/reached`,
        'volume-through-a-link': `${folder}/to-volume:/reached`,
        'socket-of-production': `${folder}/prod.sock:/reached.sock`,
        'socket-through-a-link': `${folder}/to-socket:/reached.sock:ro`,
        'folder-with-a-socket': `${folder}/with-socket:/reached:ro`,
        'pipe-of-production': `${folder}/prod.pipe:/reached.pipe`,
      }),
    ),
    ...refused('host-system', { 'kernel-setting': { sysctls: { 'kernel.pid_max': '4194304' } } }),
    ...refused('host-system', { 'processor-time': { cpu_rt_runtime: '400000', cpu_rt_period: '1400000' } }),
    ...refused('unknown-keys', {
      'key-that-nobody-knows': { isolation: 'default' },
      'image-as-a-mount': { volumes: [{ type: 'image', source: 'debian:bookworm-slim', target: '/reached' }] },
    }),
    ...refused('host-system', { 'build-of-the-host': { build: { context: '/etc' } } }),
    {
      name: 'build-with-passwords',
      service: { build: { context: folder, secrets: ['build-with-passwords'] } },
      top: { secrets: { 'build-with-passwords': { file: '/etc/shadow' } } },
      refused: 'host-system',
    },
    volume('volume-for-proc', bound('/proc'), 'host-system'),
    volume('volume-for-the-whole-host', bound('/'), 'docker-socket'),
    volume('volume-for-a-disk', { driver_opts: { type: 'ext4', device: '/dev/vda' } }, 'host-system'),
    volume(
      'volume-over-the-host',
      { driver_opts: { type: 'overlay', device: 'overlay', o: 'lowerdir=/,upperdir=/tmp/u,workdir=/tmp/w' } },
      'host-system',
    ),
    volume(
      'volume-of-a-network',
      { driver_opts: { type: 'nfs', o: 'addr=10.31.248.2', device: ':/' } },
      'network-storage',
    ),
    volume('volume-of-a-plugin', { driver: 'vieux/sshfs' }, 'network-storage'),
    volume('volume-that-is-missing', { external: true, name: 'sg-canary-none' }, 'nothing'),
    {
      name: 'config-of-a-swarm',
      service: { configs: ['config-of-a-swarm'] },
      top: { configs: { 'config-of-a-swarm': { external: true } } },
      refused: 'nothing',
    },
  ];
}

/** Attacks that start, since the arm gets something of its own in place of what they reach for. */
export function rewrittenAttacks({
  folder,
  container,
  network,
  address,
  gateway,
  subnet,
}: Production): readonly Attack[] {
  const own = (services: Readonly<Record<string, Part>>): Attack[] =>
    Object.entries(services).map(([name, service]) => ({ name, service, refused: null }));
  return [
    ...own({
      'ipc-of-the-host': { ipc: 'host' },
      'network-of-the-host': { network_mode: 'host' },
      'bridge-of-all': { network_mode: 'bridge' },
      'name-of-production': { container_name: container, hostname: container },
      'ports-of-production': { ports: ['48248:8080', '127.0.0.1:48249:8080'] },
      ...mounts({
        'folder-writable': `${folder}/site:/reached`,
        'folder-through-slashes': `/${folder}//site/:/reached`,
        'folder-through-dots': `${folder}/site/../site:/reached`,
        'folder-through-a-link': `${folder}/to-site:/reached`,
        'folder-within': `${folder}/site/logs:/reached:ro`,
        'file-writable': `${folder}/site/canary:/reached`,
        'daemon-socket': '/var/run/docker.sock:/reached.sock',
        'daemon-socket-read-only': '/var/run/docker.sock:/reached.sock:ro',
        'daemon-socket-through-a-link': `${folder}/to-docker:/reached.sock`,
        'folder-of-the-daemon-socket': '/var/run:/reached',
        'names-of-docker': '/etc/hosts:/etc/hosts',
        'plain-device': '/dev/null:/reached',
      }),
      'group-of-the-host': { cgroup_parent: '/sg-canary', cpuset: '0', oom_score_adj: -900 },
      'never-ended': { oom_kill_disable: true, restart: 'always' },
      'names-for-the-host': { extra_hosts: [`prod:${address}`, 'host.docker.internal:host-gateway', `gw:${gateway}`] },
      'names-from-production': { dns: [address] },
      'log-to-the-host': { logging: { driver: 'syslog', options: { 'syslog-address': 'udp://127.0.0.1:48250' } } },
      'labels-of-a-proxy': { labels: { 'traefik.enable': 'true', 'com.docker.compose.project': network } },
      'log-in-the-journal': { logging: { driver: 'journald', options: { tag: container } } },
      'notes-for-the-runtime': { annotations: { 'org.systemd.property.Slice': "'prod.slice'" } },
      shares: { ipc: 'shareable' },
      'capability-of-the-network': { cap_add: ['NET_ADMIN', 'NET_RAW', 'SYS_PTRACE'] },
      'environment-of-production': { env_file: [`${folder}/prod.env`] },
    }),
    {
      name: 'own-namespaces',
      service: { pid: 'service:entry', ipc: 'service:shares' },
      refused: null,
      beside: 'shares',
    },
    {
      name: 'volumes-from-the-arm',
      service: { volumes_from: ['folder-writable'] },
      refused: null,
      beside: 'folder-writable',
    },
    {
      name: 'network-that-is-external',
      service: { networks: ['network-that-is-external'] },
      top: { networks: { 'network-that-is-external': { external: true, name: network } } },
      refused: null,
    },
    {
      name: 'network-of-the-same-name',
      service: {
        networks: { 'network-of-the-same-name': { ipv4_address: address } },
        mac_address: '02:42:0a:1f:f8:02',
      },
      top: {
        networks: {
          'network-of-the-same-name': {
            name: network,
            driver_opts: { 'com.docker.network.bridge.name': 'sg-canary' },
            ipam: { config: [{ subnet, gateway }] },
          },
        },
      },
      refused: null,
    },
    {
      name: 'network-of-the-neighbours',
      service: { networks: ['network-of-the-neighbours'] },
      top: { networks: { 'network-of-the-neighbours': { driver: 'macvlan', driver_opts: { parent: 'eth0' } } } },
      refused: null,
    },
    volume('volume-that-is-external', { external: true, name: `${network}_data` }, null),
    volume('volume-of-the-same-name', { name: `${network}_data` }, null),
    volume('volume-for-a-folder', bound(`${folder}/site`), null),
    {
      name: 'secret-of-the-host',
      service: { secrets: ['secret-of-the-host'], configs: ['secret-of-the-host'] },
      top: {
        secrets: { 'secret-of-the-host': { file: `${folder}/site/canary` } },
        configs: { 'secret-of-the-host': { file: `${folder}/site/canary` } },
      },
      refused: null,
    },
  ];
}
