import type { ArmName } from '../model/arm.js';
import type { Estimate } from './estimate.js';

/**
 * `grows`: surely above the margin, and the window bears it out. `may-grow`: it probably grows and is not surely below
 * the margin, so there is no PASS. `within`: surely below the margin. `open`: the idle phase does not tell.
 */
export type TimeState = 'grows' | 'may-grow' | 'within' | 'open';

/** How a service grows with time alone, measured in the idle phase, where there are no requests. Bytes per hour. */
export interface TimeGrowth {
  /** Replicates with a usable idle phase, and how long its judged part is, median, s. */
  readonly replicates: number;
  readonly seconds: number;
  readonly growth: Readonly<Record<ArmName, Estimate | null>>;
  /** Candidate minus baseline. */
  readonly difference: Estimate;
  /** One-sided bounds that decide. */
  readonly bounds: { readonly lower: number; readonly upper: number };
  readonly margin: number;
  readonly state: TimeState;
  /** What this means for the window's growth; null unless it `grows`. */
  readonly split: SplitGrowth | null;
}

/** Growth of each arm and the difference, bytes per request. */
interface Growths {
  readonly growth: Readonly<Record<ArmName, Estimate | null>>;
  readonly difference: Estimate;
}

/** The window's growth, told as growth with time and growth with requests. */
export interface SplitGrowth {
  /** What is left for the requests if the growth with time is taken away. */
  readonly perRequest: Growths;
  /** All growth together at this rate: with fewer requests a second, more of the growth with time falls on each. */
  readonly atRate: Growths & { readonly ratePerSecond: number };
}
