import type { Endpoint, Step } from './step.js';

export interface ArmSettings {
  /** What people call this version: `libmodsecurity 3.0.14 (Debian 13)`. */
  readonly label: string;
  /**
   * Absolute paths of compose files (in a recording: relative to the scenario file), merged in order as `docker compose
   * -f a -f b` does.
   */
  readonly compose: readonly string[];
  /** Variables for the compose files' interpolation. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * The Docker daemon on which this arm runs: an address or the name of a context; null for the one that the docker
   * command would use.
   */
  readonly host?: string | null;
  /** Services of the compose files that are left out of this arm. */
  readonly omit?: readonly string[];
  /** Mounts that are left out of this arm, by service and path in the container: `mgt:/app/run`. */
  readonly without?: readonly string[];
  /** Image name (`*` stands for anything) → tag that replaces the tag in the compose files. */
  readonly images?: Readonly<Record<string, string>>;
  /** What this arm has instead of `stack.entry` and `stack.ready`: versions may name things differently. */
  readonly entry?: Endpoint | null;
  readonly ready?: ReadySettings | null;
  /** Done after the containers run and before the readiness probe; null for those of `stack.steps`. */
  readonly steps?: readonly Step[] | null;
  /** Done instead of the steps if the arm goes on with the old version's data. */
  readonly upgraded?: readonly Step[];
}

export interface ReadySettings {
  readonly path: string;
  readonly status: number;
  readonly timeoutSeconds: number;
}

/**
 * What is refused unless the scenario allows it: things of the host or of other containers that both arms would share,
 * keys that slopegate does not know, ports that others can reach, hosts that differ.
 */
export const ALLOWANCES = [
  'docker-socket',
  'host-system',
  'host-namespaces',
  'other-containers',
  'privileges',
  'devices',
  'network-storage',
  'unknown-keys',
  'remote-ports',
  'unlike-hosts',
] as const;
export type Allowance = (typeof ALLOWANCES)[number];

export interface StackSettings {
  /** Where traffic enters the stack: a service and its port inside the container. */
  readonly entry: Endpoint;
  /** slopegate's own origin behind the WAF; null if the stack has none of our own. */
  readonly origin: Endpoint | null;
  /** The request that must be answered through the entry before an arm counts as up. */
  readonly ready: ReadySettings;
  /** Equal limits for every container of both arms; null keeps those of the compose file. */
  readonly limits: { readonly memoryBytes: number | null; readonly cpus: number | null };
  /** Service of an arm → role that both arms share, for services renamed between versions. */
  readonly roles: Readonly<Record<string, string>>;
  /** Services that are watched and shown but do not decide (our own origin, a database client…). */
  readonly unjudged: readonly string[];
  /** What would otherwise be refused. */
  readonly allow?: readonly Allowance[];
  /** Bring-up steps of both arms, unless an arm has its own. */
  readonly steps?: readonly Step[];
  /**
   * `in-place`: both arms begin as the baseline, which is stopped after its steps. Then each arm goes on with its own
   * copy of the data.
   */
  readonly upgrade?: 'none' | 'in-place';
  /** `if-missing`: an image that has a build but is there already is used as it is. `always` unless stated. */
  readonly build?: 'always' | 'if-missing';
  /** `bring-up` unless stated. */
  readonly outbound?: OutboundSetting;
}

/**
 * What an arm may reach outside of itself. `bring-up`: everything except the machine that runs it, until the load
 * begins. `none`: nothing from its start on. `open`: everything, always.
 */
export const OUTBOUND_SETTINGS = ['bring-up', 'none', 'open'] as const;
export type OutboundSetting = (typeof OUTBOUND_SETTINGS)[number];
