import type { Acceptance } from './acceptance.js';
import type { Action } from './action.js';
import type { ArmName } from './arm.js';
import { type RequestSpan } from './request-span.js';
import type { Severity } from './severity.js';
import type { ArmSettings, StackSettings } from './stack-settings.js';
import type { TrafficSettings } from './traffic-settings.js';

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
  /**
   * Whether the live heap of the services is counted by a preloaded library; `off` unless stated. `profile`: a
   * diagnosis preloads the profiler in its place. No scenario file can state this.
   */
  readonly lens?: LensSetting | 'profile';
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

export const CONFIRMATIONS = ['auto', 'always', 'never', 'live-heap'] as const;

/** Whether a longer pair can be needed for a FAIL. */
export const mayNeedLongerPair = ({ confirm }: GateSettings): boolean => confirm === 'auto' || confirm === 'always';

export interface GateSettings {
  /** The growth difference the operator accepts, in bytes per request. */
  readonly marginBytesPerRequest: number;
  /**
   * The difference of growth with time alone (without requests) that the operator accepts, in bytes per hour. Absent in
   * recordings of earlier programs; then it is the default.
   */
  readonly marginBytesPerHour?: number;
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
  /** Whether a FAIL needs a longer fresh pair to be final; `live-heap`: it needs growth of the live heap instead. */
  readonly confirm: (typeof CONFIRMATIONS)[number];
  /**
   * What is assumed about the spread before the run. `steps`: allocators move in steps of 64 KiB at most, and few steps
   * fall into a window. `calibration`: what this host's A/A runs showed. `none`: nothing, as for recorded series.
   */
  readonly prior?: 'none' | 'steps' | 'calibration';
  /** Severity of each finding beyond the slope difference. */
  readonly findings: Readonly<Record<string, Severity>>;
  /** Findings that do not make the run FAIL, because the operator knows them; absent if there are none. */
  readonly accepted?: readonly Acceptance[];
}
