import { eachOf, HARMLESS, refused, REWRITTEN, type Judge } from './judge.js';

/** Keys at the top of a compose file. `models` and other additions are not known. */
export const MODEL_KEYS: Readonly<Record<string, Judge>> = {
  configs: REWRITTEN,
  include: HARMLESS,
  name: REWRITTEN,
  networks: REWRITTEN,
  secrets: REWRITTEN,
  services: REWRITTEN,
  version: HARMLESS,
  volumes: REWRITTEN,
};

/** Keys of a network. */
export const NETWORK_KEYS: Readonly<Record<string, Judge>> = {
  attachable: HARMLESS,
  driver: REWRITTEN,
  driver_opts: REWRITTEN,
  enable_ipv4: HARMLESS,
  enable_ipv6: HARMLESS,
  external: REWRITTEN,
  internal: HARMLESS,
  ipam: REWRITTEN,
  labels: REWRITTEN,
  name: REWRITTEN,
};

/** Keys of a volume. What it stands for is judged elsewhere. */
export const VOLUME_KEYS: Readonly<Record<string, Judge>> = {
  driver: REWRITTEN,
  driver_opts: REWRITTEN,
  external: REWRITTEN,
  labels: REWRITTEN,
  name: REWRITTEN,
};

const SWARM = 'needs-swarm';

/** Keys of a config or a secret. */
export const FILE_KEYS: Readonly<Record<string, Judge>> = {
  content: HARMLESS,
  driver: refused(SWARM, null),
  driver_opts: refused(SWARM, null),
  environment: HARMLESS,
  external: refused(SWARM, null),
  file: REWRITTEN,
  labels: HARMLESS,
  name: REWRITTEN,
  template_driver: refused(SWARM, null),
};

/** Keys of `build`. */
export const BUILD_KEYS: Readonly<Record<string, Judge>> = {
  additional_contexts: HARMLESS,
  args: HARMLESS,
  cache_from: HARMLESS,
  cache_to: REWRITTEN,
  context: HARMLESS,
  dockerfile: HARMLESS,
  dockerfile_inline: HARMLESS,
  entitlements: refused('build-changes-host', 'privileges'),
  extra_hosts: HARMLESS,
  isolation: HARMLESS,
  labels: HARMLESS,
  network: eachOf(
    (name) => ['default', 'none', 'host'].includes(name),
    (network) => ({ code: 'build-joins-network', facts: { network } }),
    'other-containers',
  ),
  no_cache: HARMLESS,
  platforms: HARMLESS,
  privileged: refused('build-all-rights', 'privileges'),
  provenance: HARMLESS,
  pull: HARMLESS,
  sbom: HARMLESS,
  secrets: HARMLESS,
  shm_size: HARMLESS,
  ssh: HARMLESS,
  tags: REWRITTEN,
  target: HARMLESS,
  ulimits: HARMLESS,
};

/** Keys of `deploy`. */
export const DEPLOY_KEYS: Readonly<Record<string, Judge>> = {
  endpoint_mode: HARMLESS,
  labels: HARMLESS,
  mode: HARMLESS,
  placement: HARMLESS,
  replicas: HARMLESS,
  resources: (value) => {
    const { reservations } = value as { readonly reservations?: { readonly devices?: readonly unknown[] } };
    return (reservations?.devices ?? []).length === 0 ? [] : [{ code: 'devices-taken', facts: {}, allow: 'devices' }];
  },
  restart_policy: REWRITTEN,
  rollback_config: HARMLESS,
  update_config: HARMLESS,
};
