import type { Failure } from './failure.js';
import type { ActionRecord } from './action.js';
import type { ArmName } from './arm.js';
import type { RecordedDifference } from './arm-difference.js';
import type { Calibration } from './calibration.js';
import type { HostSample, SetAside } from './host-load.js';
import type { Integrity } from './integrity.js';
import type { RateRamp } from './ramp.js';
import type { OriginCounts, ReplayResult } from './replay.js';
import type { Scenario } from './scenario.js';
import type { ContainerEvent, ServiceSeries } from './series.js';
import type { Note } from './note.js';
import type { TrafficBlocks } from './trace.js';
import type { PhaseSpan } from './traffic-phase.js';

/** What was written before recordings were sealed: no line of the journal has its number and checksum. */
export const UNSEALED_SCHEMA = 'slopegate.recording/1';
/** What is written today. */
export const RECORDING_SCHEMA = 'slopegate.recording/4';
/** All that is read. Notes have a code since 3; before, they were sentences. */
export const RECORDING_SCHEMAS = [
  UNSEALED_SCHEMA,
  'slopegate.recording/2',
  'slopegate.recording/3',
  RECORDING_SCHEMA,
] as const;

export type TrialPhaseName = 'warmup' | 'window' | 'idle';

/** A stretch of a trial: seconds since the trial began and requests answered, at its start and end. */
export interface TrialPhase {
  readonly name: TrialPhaseName;
  readonly from: { readonly time: number; readonly requests: number };
  readonly to: { readonly time: number; readonly requests: number };
}

/** One fresh start of one arm. `purpose` says what it counts for. */
export interface Trial {
  readonly id: string;
  readonly arm: ArmName;
  /** Number of the replicate, from 1; the confirmation pair has its own numbering. */
  readonly replicate: number;
  readonly purpose: 'replicate' | 'confirmation';
}

export interface TrialRecording {
  readonly trial: Trial;
  /** When the arm began to start, ISO 8601. */
  readonly startedAt: string;
  /**
   * The wall clock at second 0, from which all times of the trial are counted: ISO 8601, UTC. Absent if it was not
   * recorded.
   */
  readonly clockAtZero?: string;
  readonly phases: readonly TrialPhase[];
  readonly services: readonly ServiceSeries[];
  readonly events: readonly ContainerEvent[];
  /** In the order in which they were done; absent if there were none. */
  readonly actions?: readonly ActionRecord[];
  /** How busy the host was, from the first request to the last; absent if that was not asked. */
  readonly host?: readonly HostSample[];
  /** Absent for a trial that counts as it is. */
  readonly setAside?: SetAside;
  /** Null if the trial ended before the replay did. */
  readonly replay: ReplayResult | null;
  /** Null if the stack has no origin of ours, or it could not be asked. */
  readonly origin: OriginCounts | null;
  readonly containers: readonly ContainerFacts[];
  readonly complete: boolean;
  /** Why the trial ended early; null when it did not. */
  readonly failure: Failure | null;
}

/** What ran: enough to start the same thing again. */
export interface ContainerFacts {
  readonly service: string;
  readonly container: number;
  readonly image: string;
  /** Content digest of the image (sha256:…). */
  readonly imageId: string;
  /** Versions the image declares in labels or that were read from it: package → version. */
  readonly versions: Readonly<Record<string, string>>;
  readonly memoryLimitBytes: number | null;
  readonly cpus: number | null;
}

export interface HostFacts {
  readonly os: string;
  readonly kernel: string;
  readonly architecture: string;
  readonly cpus: number;
  /** Empty if the host can't be asked. */
  readonly cpuModel: string;
  readonly memoryBytes: number;
  /** Null if the host can't be asked. */
  readonly swapBytes: number | null;
  readonly cgroupVersion: 1 | 2 | null;
  readonly docker: string;
  readonly dockerApi: string;
  readonly storageDriver?: string;
  readonly compose: string;
  readonly node: string;
  readonly slopegate: string;
}

export interface Manifest {
  readonly schema: (typeof RECORDING_SCHEMAS)[number];
  readonly runId: string;
  readonly startedAt: string;
  /** Null while the run goes on, and for ever if it was killed. */
  readonly endedAt: string | null;
  readonly scenario: Scenario;
  /** Digest and per-label counts of the trace every trial was given; null for recorded series without one. */
  readonly trace: {
    readonly seed: number;
    readonly digest: string;
    readonly requests: number;
    readonly labels: Readonly<Record<string, number>>;
    /** Which engine sends it. */ readonly engine?: string;
    readonly blocks?: TrafficBlocks;
    readonly phases?: readonly PhaseSpan[];
  } | null;
  readonly host: HostFacts | null;
  /** The candidate's host if it is another machine; null or absent if it is not. */
  readonly candidateHost?: HostFacts | null;
  /** What tells the daemon of each arm apart from others; a run is resumed on the same ones alone. */
  readonly daemons?: readonly string[];
  /** A digest of what each arm was made of: its compose model, without secrets; mounted files; Dockerfiles. */
  readonly armDigests?: Readonly<Record<ArmName, string>>;
  /** What differed between the resolved stacks of the arms, without secrets. */
  readonly armDifferences?: readonly RecordedDifference[];
  /** What could not be seen, and what happened beside the load. */
  readonly notes: readonly Note[];
  /** What runs of the baseline against itself said of this host's noise; null or absent if there were none. */
  readonly calibration?: Calibration | null;
  /** How `traffic.rate: auto` was resolved; null or absent if the rate was stated. */
  readonly ramp?: RateRamp | null;
}

/** Which label each request of the trace had. */
export interface RequestLabels {
  readonly names: readonly string[];
  /** Place in `names`, by trace index. */
  readonly of: ArrayLike<number>;
}

/** Everything a run left on disk; what `assess` reads. */
export interface Recording {
  readonly manifest: Manifest;
  readonly trials: readonly TrialRecording[];
  /** Absent if there was no trace of ours. */
  readonly labels?: RequestLabels;
  /** Request lines by trace index, of those that the two versions decided differently when a look was taken. */
  readonly asked?: Readonly<Record<string, string>>;
  /** When the run went on after it had been cut off, ISO 8601; absent if it never was. */
  readonly resumed?: readonly string[];
  /** Absent for series that were recorded elsewhere. */
  readonly integrity?: Integrity;
}
