import type { ObjectionFacts } from '../model/index.js';
import { isHarmlessCapability } from './capabilities.js';
import { isHarmlessSecurityOption } from './security-options.js';
import { eachOf, HARMLESS, refused, REWRITTEN, type Judge } from './judge.js';

/** Devices without state: other containers cannot see what a container does with them. */
const PLAIN_DEVICES = ['/dev/null', '/dev/zero', '/dev/full', '/dev/random', '/dev/urandom', '/dev/net/tun'];
/** Kernel settings that each network or IPC namespace has separately. */
const OWN_SYSCTL = /^(net\.|fs\.mqueue\.|kernel\.(msg|shm|sem))/;

const namespace =
  (kind: ObjectionFacts['joins-host']['namespace'], harmless: (mode: string) => boolean): Judge =>
  (value) => {
    const mode = String(value);
    if (harmless(mode)) return [];
    return mode === 'host'
      ? [{ code: 'joins-host', facts: { namespace: kind }, allow: 'host-namespaces' }]
      : [{ code: 'joins-foreign', facts: { mode }, allow: 'other-containers' }];
  };
const ofTheArm = (mode: string): boolean => mode === '' || mode === 'private' || mode.startsWith('service:');

const networkMode: Judge = (value) => {
  const mode = String(value);
  if (['bridge', 'default', 'host', 'none'].includes(mode) || mode.startsWith('service:')) return [];
  return mode.startsWith('container:')
    ? [{ code: 'joins-foreign-container', facts: { mode }, allow: 'other-containers' }]
    : [{ code: 'joins-foreign-network', facts: { network: mode }, allow: 'other-containers' }];
};

const volumesFrom = eachOf(
  (text) => !text.startsWith('container:'),
  (source) => ({ code: 'foreign-volumes', facts: { source } }),
  'other-containers',
);

const securityOptions = eachOf(
  isHarmlessSecurityOption,
  (option) => ({ code: 'security-option', facts: { option } }),
  'privileges',
);

const devices = eachOf(
  (text) => PLAIN_DEVICES.includes(text.split(':')[0] ?? ''),
  (text) => ({ code: 'device-of-host', facts: { device: text.split(':')[0] ?? '' } }),
  'devices',
);

const sysctls: Judge = (value) =>
  (Array.isArray(value) ? value.map(String) : Object.keys(value as object))
    .filter((name) => !OWN_SYSCTL.test(name))
    .map((setting) => ({ code: 'host-setting', facts: { setting }, allow: 'host-system' }));

/** Commands at the start and end of a container. Some ask for more rights than the container has. */
const hooks: Judge = (value) =>
  (value as readonly { readonly privileged?: boolean }[]).some(({ privileged }) => privileged === true)
    ? [{ code: 'hook-all-rights', facts: {}, allow: 'privileges' }]
    : [];

/** Keys of a mount; what a mount leads to is judged as a whole. */
export const MOUNT_KEYS: Readonly<Record<string, Judge>> = {
  bind: REWRITTEN,
  consistency: HARMLESS,
  read_only: HARMLESS,
  source: REWRITTEN,
  target: REWRITTEN,
  tmpfs: HARMLESS,
  type: eachOf(
    (type) => ['bind', 'cluster', 'npipe', 'tmpfs', 'volume'].includes(type),
    (type) => ({ code: 'mount-kind-unknown', facts: { type } }),
    'unknown-keys',
  ),
  volume: HARMLESS,
};

/** Keys of a service's place on a network. */
export const ATTACHMENT_KEYS: Readonly<Record<string, Judge>> = {
  aliases: HARMLESS,
  driver_opts: (value) =>
    Object.keys(value as object)
      .filter((option) => !option.startsWith('com.docker.network.endpoint.'))
      .map((option) => ({ code: 'option-unknown', facts: { option }, allow: 'unknown-keys' })),
  gw_priority: HARMLESS,
  interface_name: HARMLESS,
  ipv4_address: REWRITTEN,
  ipv6_address: REWRITTEN,
  link_local_ips: HARMLESS,
  mac_address: HARMLESS,
  priority: HARMLESS,
};

/** Every service key of the Compose specification: harmless, rewritten, or with objections. */
export const SERVICE_KEYS: Readonly<Record<string, Judge>> = {
  annotations: REWRITTEN,
  attach: HARMLESS,
  blkio_config: HARMLESS,
  build: REWRITTEN,
  cap_add: eachOf(isHarmlessCapability, (capability) => ({ code: 'capability', facts: { capability } }), 'privileges'),
  cap_drop: HARMLESS,
  cgroup: namespace('cgroup', (mode) => mode === '' || mode === 'private'),
  cgroup_parent: REWRITTEN,
  command: HARMLESS,
  configs: REWRITTEN,
  container_name: REWRITTEN,
  cpu_count: HARMLESS,
  cpu_percent: HARMLESS,
  cpu_period: HARMLESS,
  cpu_quota: HARMLESS,
  cpu_rt_period: refused('processor-time', 'host-system'),
  cpu_rt_runtime: refused('processor-time', 'host-system'),
  cpu_shares: HARMLESS,
  cpus: HARMLESS,
  cpuset: REWRITTEN,
  depends_on: HARMLESS,
  deploy: REWRITTEN,
  develop: REWRITTEN,
  device_cgroup_rules: refused('device-rules', 'devices'),
  devices,
  dns: HARMLESS,
  dns_opt: HARMLESS,
  dns_search: HARMLESS,
  domainname: HARMLESS,
  entrypoint: HARMLESS,
  env_file: HARMLESS,
  environment: HARMLESS,
  expose: HARMLESS,
  external_links: eachOf(
    () => false,
    (container) => ({ code: 'foreign-container', facts: { container } }),
    'other-containers',
  ),
  extra_hosts: HARMLESS,
  gpus: refused('graphics-cards', 'devices'),
  group_add: HARMLESS,
  healthcheck: REWRITTEN,
  hostname: HARMLESS,
  image: REWRITTEN,
  init: HARMLESS,
  ipc: namespace('ipc', (mode) => ofTheArm(mode) || ['host', 'none', 'shareable'].includes(mode)),
  label_file: HARMLESS,
  labels: REWRITTEN,
  links: HARMLESS,
  logging: REWRITTEN,
  mac_address: HARMLESS,
  mem_limit: HARMLESS,
  mem_reservation: HARMLESS,
  mem_swappiness: HARMLESS,
  memswap_limit: HARMLESS,
  network_mode: networkMode,
  networks: REWRITTEN,
  oom_kill_disable: REWRITTEN,
  oom_score_adj: REWRITTEN,
  pid: namespace('pid', ofTheArm),
  pids_limit: HARMLESS,
  platform: HARMLESS,
  ports: REWRITTEN,
  post_start: hooks,
  pre_stop: hooks,
  privileged: refused('all-rights', 'privileges'),
  profiles: REWRITTEN,
  pull_policy: REWRITTEN,
  pull_refresh_after: HARMLESS,
  read_only: HARMLESS,
  restart: REWRITTEN,
  runtime: eachOf(
    (name) => name === 'runc',
    (runtime) => ({ code: 'other-runtime', facts: { runtime } }),
    'devices',
  ),
  scale: HARMLESS,
  secrets: REWRITTEN,
  security_opt: securityOptions,
  shm_size: HARMLESS,
  stdin_open: HARMLESS,
  stop_grace_period: HARMLESS,
  stop_signal: HARMLESS,
  storage_opt: HARMLESS,
  sysctls,
  tmpfs: HARMLESS,
  tty: HARMLESS,
  ulimits: HARMLESS,
  use_api_socket: refused('daemon-given', 'docker-socket'),
  user: HARMLESS,
  userns_mode: namespace('userns', () => false),
  uts: namespace('uts', () => false),
  volumes: REWRITTEN,
  volumes_from: volumesFrom,
  working_dir: HARMLESS,
};
