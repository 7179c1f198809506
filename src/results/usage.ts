import type { ArmName } from '../model/arm.js';
import type { Estimate } from './estimate.js';

/**
 * What is compared beside memory. `cpu`, `disk`, `log`: what each request uses up. `latency-p50`, `latency-p99`: how
 * long answers take. `…-drift`: the same in the last third of the window minus the first third.
 */
export type UsageMeasure =
  'cpu' | 'cpu-drift' | 'disk' | 'log' | 'latency-p50' | 'latency-p50-drift' | 'latency-p99' | 'latency-p99-drift';

/** One thing beside memory that the two versions use up, compared. */
export interface UsageAssessment {
  readonly role: string;
  readonly measure: UsageMeasure;
  /** `ms/request`, `bytes/request` or `ms`. */
  readonly unit: string;
  /** Mean over the replicates of each arm; null if it was not measured. */
  readonly value: Readonly<Record<ArmName, number | null>>;
  /** Candidate minus baseline; null with fewer than two replicates of both arms. */
  readonly difference: Estimate | null;
  /** Candidate minus baseline as a share of the baseline's level; null if that is 0 or not known. */
  readonly relative: number | null;
  /** The accepted difference; null if it is shown only and not tested. */
  readonly margin: number | null;
  /**
   * p-value of "the difference is at most the margin", adjusted for all tests of this kind; null if it is not tested.
   */
  readonly pAdjusted: number | null;
}
