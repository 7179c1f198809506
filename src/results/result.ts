import type { ArmName } from '../model/arm.js';
import type { HostLoad, HostSample } from '../model/host-load.js';
import type { ContainerFacts, Trial } from '../model/recording.js';
import type { StatusCounts } from '../model/replay.js';
import type { ContainerEvent } from '../model/series.js';
import type { Explanation } from './explanation.js';
import type { RemedyTest } from './remedy.js';
import type { Worded, WordedAction, WordedManifest, WordedVerdict } from './worded.js';

export const RESULT_SCHEMA = 'slopegate.result/4';

/** A series with fewer points, for drawing. The judgement used every point. */
export interface PlotSeries {
  readonly replicate: number;
  readonly purpose: Trial['purpose'];
  readonly arm: ArmName;
  readonly role: string;
  readonly metric: string;
  /** Requests answered since the trial began. */
  readonly requests: readonly number[];
  readonly time: readonly number[];
  readonly values: readonly number[];
  /** Requests answered at the start and the end of the judged window. */
  readonly window: readonly [from: number, to: number];
}

export interface TrialSummary {
  readonly id: string;
  readonly arm: ArmName;
  readonly replicate: number;
  readonly purpose: 'replicate' | 'confirmation';
  readonly complete: boolean;
  /** Why it was not completed, or why it does not count; null for a trial that counts. */
  readonly failure: Worded | null;
  /**
   * The wall clock at second 0, from which all times of the trial are counted: ISO 8601, UTC. Absent if it was not
   * recorded.
   */
  readonly clockAtZero?: string;
  readonly seconds: number;
  readonly planned: number;
  readonly sent: number;
  readonly answered: number;
  readonly counts: StatusCounts;
  readonly lateness: { readonly p50: number; readonly p99: number; readonly max: number } | null;
  /**
   * Connections that were opened, and how many of them resumed an earlier TLS session; absent if the engine does not
   * count them.
   */
  readonly connections?: { readonly opened: number; readonly resumed: number };
  /** Mean load of the host during the trial; absent if it was not asked. */
  readonly host?: HostLoad;
  /** Its means over up to sixty stretches of the trial, for drawing; absent if it was not asked. */
  readonly hostLoads?: readonly HostSample[];
  readonly events: readonly ContainerEvent[];
  /** Absent if there were none. */
  readonly actions?: readonly WordedAction[];
}

/** The one JSON document that a run ends in. Every report is made from it and from nothing else. */
export interface Result {
  readonly schema: typeof RESULT_SCHEMA;
  readonly slopegate: string;
  readonly manifest: WordedManifest;
  readonly verdict: WordedVerdict;
  readonly trials: readonly TrialSummary[];
  readonly containers: Readonly<Record<ArmName, readonly ContainerFacts[]>>;
  readonly plots: readonly PlotSeries[];
  /** Remedies that were tested for this run; absent if there are none. */
  readonly remedies?: readonly RemedyTest[];
  /** What keeps the memory, by a diagnosis after this run; absent if there was none. */
  readonly explanation?: Explanation;
}
