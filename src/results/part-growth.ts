import type { ArmName } from '../model/arm.js';
import type { Estimate } from './estimate.js';
import type { Metric } from '../model/series.js';

/** How one kind of memory grew in a service. The kinds that are counted add up to the service's own growth. */
export interface PartGrowth {
  readonly metric: Metric;
  /**
   * Whether it is part of the metric that decides. Page cache is not: the kernel takes it back when it needs memory.
   * Live heap is not either: it is a part of anonymous memory.
   */
  readonly counted: boolean;
  readonly growth: Readonly<Record<ArmName, Estimate | null>>;
  /** Candidate minus baseline. */
  readonly difference: Estimate | null;
}
