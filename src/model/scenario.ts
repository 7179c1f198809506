import { type RequestSpan } from './request-span.js';
import { type ExpectedDecision } from './expectation.js';
import type { Action } from './action.js';
import type { ArmName } from './arm.js';
import type { KeepAlive, Protocol, ProxyProtocol, TlsSettings } from './clients.js';
import type { Severity } from './severity.js';
import type { Captures, Endpoint, Step } from './step.js';
import type { RequestBehaviour } from './trace.js';
import type { TrafficPhase } from './traffic-phase.js';
import type { EngineChoice, Schedule, TrafficSource } from './traffic-source.js';

/** A validated scenario file with every default filled in; made by `src/scenario` alone. */
export interface Scenario {
  readonly name: string;
  readonly description: string;
  /** Absolute path of the YAML file; paths in it are relative to its folder. In a recording only the file's name. */
  readonly file: string;
  /**
   * What the author expects of the run. It is shown beside the verdict and never used to make it. `same`: both arms are
   * the same version on purpose, so a PASS is expected.
   */
  readonly expect: 'pass' | 'fail' | 'same' | null;
  readonly arms: Readonly<Record<ArmName, ArmSettings>>;
  readonly stack: StackSettings;
  /** Unless stated: by the kernel's files if they can be read, without a sidecar. */
  readonly observe?: ObserveSettings;
  readonly traffic: TrafficSettings;
  readonly experiment: ExperimentSettings;
  readonly identity: IdentitySettings;
  readonly gate: GateSettings;
}

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

/**
 * `cgroup`: the kernel's files on this host. `stats`: Docker's stats API. `auto`: `cgroup` if the files can be read,
 * otherwise `stats`.
 */
export const OBSERVE_SOURCES = ['auto', 'cgroup', 'stats'] as const;
export type ObserveSource = (typeof OBSERVE_SOURCES)[number];

export const LENS_SETTINGS = ['auto', 'off'] as const;
export type LensSetting = (typeof LENS_SETTINGS)[number];

export interface ObserveSettings {
  readonly source: ObserveSource;
  /** Whether a small container in the pid namespace of each container counts what the stats API does not tell. */
  readonly sidecar: boolean;
  /** Whether the live heap of the services is counted by a preloaded library; `off` unless stated. */
  /** `profile`: a diagnosis preloads the profiler in its place. No scenario file can state this. */
  readonly lens?: LensSetting | 'profile';
}

export const RATE_MODES = ['stated', 'auto', 'upTo'] as const;
export type RateMode = (typeof RATE_MODES)[number];

export interface TrafficSettings {
  readonly seed: number;
  /** Requests per second to each arm. */
  readonly rate: number;
  /**
   * `auto`: a ramp finds the rate when the run begins. Until then `rate` is an assumption for plans. `upTo`: the run
   * begins with `rate`, and begins again with a lower rate if the host does not keep it.
   */
  readonly rateMode?: RateMode;
  /** Value of the Host header. */
  readonly host: string;
  /** Named sources of varying values for `{placeholders}`, each with a stated cardinality. */
  readonly fields: Readonly<Record<string, FieldGenerator>>;
  readonly mix: readonly RequestTemplate[];
  /** Visits of several requests in order, mixed with the templates; none unless stated. */
  readonly journeys?: readonly Journey[];
  /** Recorded requests and libraries that are mixed with the templates. */
  readonly sources?: readonly TrafficSource[];
  /** The mixes of the judged window, one after the other; one mix for the whole window unless stated. */
  readonly phases?: readonly TrafficPhase[];
  /** `auto` unless stated. */
  readonly engine?: EngineChoice;
  /** Constant unless stated. */
  readonly schedule?: Schedule;
  /** HTTP/1 unless stated. */
  readonly protocol?: Protocol;
  /** TLS to the entry; without it, connections are not encrypted. */
  readonly tls?: TlsSettings;
  /** Connections state other clients' addresses; without it, all come from this host. */
  readonly proxyProtocol?: ProxyProtocol;
  /** When clients close connections; without it, only the entry closes them. */
  readonly keepAlive?: KeepAlive;
  /** All connections are closed and opened again each time this many requests were sent. */
  readonly reconnectEvery?: number;
  /**
   * Whether the shares of labels vary during the judged window, so that growth can be attributed to them; `off` unless
   * stated.
   */
  readonly blocks?: 'auto' | 'off';
  /** Statuses that mean "the WAF blocked it". */
  readonly blockedStatuses: readonly number[];
}

/** A source of varying values. All values are used equally often unless `zipf` is stated. */
export type FieldGenerator = FieldKind & {
  /**
   * The exponent of Zipf's law, in steps of a quarter: the k-th most frequent value is used in proportion to 1 /
   * k^zipf.
   */
  readonly zipf?: number;
};

type FieldKind =
  | { readonly kind: 'integer'; readonly from: number; readonly to: number }
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  | { readonly kind: 'word'; readonly cardinality: number }
  | { readonly kind: 'hex'; readonly length: number; readonly cardinality: number }
  | { readonly kind: 'ipv4'; readonly cardinality: number }
  | { readonly kind: 'userAgent'; readonly cardinality: number }
  | { readonly kind: 'uuid'; readonly cardinality: number }
  | { readonly kind: 'text'; readonly bytes: number; readonly cardinality: number };

export interface RequestTemplate {
  readonly label: string;
  /** Relative share of the trace. */
  readonly weight: number;
  readonly expect: ExpectedDecision;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: BodyTemplate | null;
  /** How the client sends it; in the plain way unless stated. */
  readonly behaviour?: RequestBehaviour;
}

/**
 * What a visitor does, one request after the other. Fields keep their value during a visit. Values from an answer go
 * into later requests of the same visit.
 */
export interface Journey {
  readonly name: string;
  /** Share of the trace's requests, relative to the weights of templates and sources. */
  readonly weight: number;
  /** Visitors at the same time; each one is at its own step. */
  readonly users: number;
  /** Fields that get a new value at each step. */
  readonly vary: readonly string[];
  readonly steps: readonly JourneyStep[];
}

/** One request of a journey, and what later steps take from its answer. */
export interface JourneyStep extends Omit<RequestTemplate, 'weight'> {
  readonly capture: Captures;
}

export type BodyTemplate =
  | { readonly kind: 'file'; readonly contentType: string; readonly file: string }
  | { readonly kind: 'raw'; readonly contentType: string; readonly text: string }
  | { readonly kind: 'form'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'multipart'; readonly parts: readonly MultipartPart[] };

export interface MultipartPart {
  readonly name: string;
  readonly filename: string | null;
  readonly contentType: string | null;
  readonly text: string;
  /**
   * Absolute path of the file whose content the part has instead of the text; in a recording relative to the scenario.
   */
  readonly file?: string;
}

export interface ExperimentSettings {
  /** `concurrent`: both arms at the same time. `interleaved`: one arm at a time, in the order ABBA. */
  readonly order: 'concurrent' | 'interleaved';
  /** Replicate counts at which the evidence is judged, in rising order. The last one is the most that are run. */
  readonly looks: readonly number[];
  /** Sent before the window and never judged: the larger of `requests` and `seconds` at the rate. */
  readonly warmup: RequestSpan;
  /** Judged: the larger of `requests` and `seconds` at the rate. */
  readonly window: RequestSpan;
  readonly idleSeconds: number;
  /** Done to both arms under load, each at the same request; none unless stated. */
  readonly actions?: readonly Action[];
}

export interface IdentitySettings {
  /** Share of a label's requests (0…1) that the versions may decide differently before the run is invalid. */
  readonly decisionTolerance: number;
  /** Share of the schedule (0…1) by which an arm may run late before the run is invalid. */
  readonly paceTolerance: number;
}

export interface GateSettings {
  /** The growth difference the operator accepts, in bytes per request. */
  readonly marginBytesPerRequest: number;
  /** Traffic in production, for time-to-limit figures; null if not stated. */
  readonly production: {
    readonly ratePerSecond: number;
    readonly headroomBytes: number;
    readonly surviveSeconds: number;
  } | null;
  /**
   * One-sided probabilities of a false FAIL and of a false PASS at the margin, per service, and of the guards' tests.
   * For a whole stack, the chance of any false FAIL is at most five times `fail`, and at most 0.05 (Holm). PASS needs
   * every service to pass.
   */
  readonly alpha: { readonly fail: number; readonly pass: number; readonly guard: number };
  /** Share of alpha spent at each look of `ExperimentSettings.looks`; sums to 1. */
  readonly lookWeights: readonly number[];
  /** Whether a FAIL needs a longer fresh pair to be final. */
  readonly confirm: 'auto' | 'always' | 'never';
  /**
   * What is assumed about the spread before the run. `steps`: allocators move in steps of 64 KiB at most, and few steps
   * fall into a window. `calibration`: what this host's A/A runs showed. `none`: nothing, as for recorded series.
   */
  readonly prior?: 'none' | 'steps' | 'calibration';
  /** Severity of each finding beyond the slope difference. */
  readonly findings: Readonly<Record<string, Severity>>;
}
