import type { Allowance } from './stack-settings.js';
import type { NoFacts, Stated } from './stated.js';

/** A host path as the compose file has it; `leadsTo` is the place behind its links, null if that is the same. */
interface MountSource {
  readonly source: string;
  readonly leadsTo: string | null;
}

/** What an engine that mounts only whole volumes cannot do with a copied path. */
export type SubpathNeed = 'part-of-folder' | 'read-only-root' | 'under-tmpfs' | 'file-of-several-services';

/** Why a part of a compose model may not be started in an arm. */
export interface ObjectionFacts {
  /** Keys and values of the compose file. */
  readonly 'key-unknown': NoFacts;
  readonly 'mount-kind-unknown': { readonly type: string };
  readonly 'option-unknown': { readonly option: string };
  readonly 'needs-swarm': NoFacts;
  readonly 'build-changes-host': NoFacts;
  readonly 'build-all-rights': NoFacts;
  readonly 'build-joins-network': { readonly network: string };
  readonly 'devices-taken': NoFacts;
  readonly 'device-rules': NoFacts;
  readonly 'graphics-cards': NoFacts;
  readonly 'device-of-host': { readonly device: string };
  readonly 'joins-host': { readonly namespace: 'cgroup' | 'ipc' | 'pid' | 'userns' | 'uts' };
  readonly 'joins-foreign': { readonly mode: string };
  readonly 'joins-foreign-container': { readonly mode: string };
  readonly 'joins-foreign-network': { readonly network: string };
  readonly 'foreign-volumes': { readonly source: string };
  readonly 'foreign-container': { readonly container: string };
  readonly 'security-option': { readonly option: string };
  readonly 'host-setting': { readonly setting: string };
  readonly 'hook-all-rights': NoFacts;
  readonly capability: { readonly capability: string };
  readonly 'processor-time': NoFacts;
  readonly 'all-rights': NoFacts;
  readonly 'other-runtime': { readonly runtime: string };
  readonly 'daemon-given': NoFacts;

  /** Mounts and volumes. */
  readonly 'mount-kind': { readonly type: string };
  readonly 'mount-daemon': MountSource;
  /** The same, and no API of the arm's own can replace the daemon. */
  readonly 'mount-daemon-far': MountSource;
  readonly 'mount-secrets': MountSource;
  readonly 'mount-host-part': MountSource;
  readonly 'mount-host-writable': MountSource;
  readonly 'mount-of-server': { readonly source: string; readonly kind: 'socket' | 'pipe' };
  readonly 'mount-with-sockets': { readonly source: string; readonly found: readonly string[] };
  readonly 'mount-not-on-this-machine': { readonly source: string };
  readonly 'mount-must-exist': { readonly source: string };
  readonly 'mount-file-missing': { readonly source: string };
  readonly 'mount-needs-engine-26': { readonly source: string; readonly why: SubpathNeed };
  readonly 'volume-plugin': { readonly driver: string };
  readonly 'volume-on-network': NoFacts;
  readonly 'volume-of-host': { readonly device: string; readonly type: string };
  readonly 'volume-not-folder': { readonly source: string; readonly kind: string };
  readonly 'external-volume-missing': { readonly volume: string };

  /** The arm as a whole. */
  readonly 'name-taken': NoFacts;
  readonly 'ports-open': { readonly address: string };
  readonly 'subnet-not-movable': { readonly subnet: string };
  readonly 'build-reads-host': { readonly source: string };
  readonly 'needs-omitted': { readonly service: string; readonly needs: string };
  readonly 'undoes-outbound-rules': { readonly right: string };
}

/** Why a value of the compose file is refused. `allow` is the name in `stack.allow` that permits it, or null. */
export type Objection = Stated<ObjectionFacts> & { readonly allow: Allowance | null };

/** Why a model is not started: an objection, and its place in the model. */
export type Refusal = Objection & {
  /** The place in the model: `services.waf.ports`. */
  readonly path: string;
  /** The service that `omit` could leave out; absent if the refusal is not about a service. */
  readonly service?: string;
  /** The mount that `without` could leave out: `waf:/var/run`. */
  readonly mount?: string;
};
