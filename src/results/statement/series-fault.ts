import type { ArmName } from '../../model/arm.js';
import type { Failure } from '../../model/failure.js';
import type { SetAside } from '../../model/host-load.js';
import type { Metric } from '../../model/series.js';
import type { NoFacts, Stated } from '../../model/stated.js';

/** Why the series of one arm, or the two series of a pair, cannot be used as evidence. */
export interface SeriesFaultFacts {
  readonly 'no-window': NoFacts;
  readonly 'process-ended': NoFacts;
  readonly 'not-measured': NoFacts;
  /** A service ran in several containers, and this one was never read. */
  readonly 'container-not-measured': { readonly service: string; readonly container: number };
  readonly 'few-readings': { readonly readings: number; readonly needed: number };
  readonly 'nothing-answered': NoFacts;
  /** The number of answers in the readings went down. In one replay this is impossible. */
  readonly 'answers-fell': NoFacts;
  readonly 'no-time': NoFacts;
  readonly 'few-requests': { readonly requests: number; readonly needed: number };
  readonly 'short-coverage': { readonly seconds: number; readonly windowSeconds: number };
  /** The readings end so many seconds before the window does. */
  readonly 'ends-early': { readonly seconds: number; readonly windowSeconds: number };
  /** This many readings, several of them in a row, are lower than any running process can have. */
  readonly 'no-living-process': { readonly metric: Metric; readonly readings: number; readonly lowest: number };
  /** Memory fell to less than half at once (bytes), at this second of the trial, and no event tells why. */
  readonly 'memory-fell': { readonly at: number; readonly from: number; readonly to: number };
  /** The number of answers in the readings, and the number in the replay. */
  readonly 'answers-counted-otherwise': { readonly counted: number; readonly answered: number };
  readonly 'no-overlap': { readonly seconds: number; readonly needed: number };
  readonly 'stood-still': NoFacts;
}
export type SeriesFault = Stated<SeriesFaultFacts>;

/** One replicate that is missing from the evidence on one service. */
export interface MissingReplicate {
  readonly replicate: number;
  /** Null if the two series do not fit together. */
  readonly arm: ArmName | null;
  readonly services: readonly string[];
  readonly fault: SeriesFault;
}

/** One replicate with a trial that was not completed. */
export interface LeftOutReplicate {
  readonly replicate: number;
  readonly trials: readonly {
    readonly arm: ArmName;
    readonly run: boolean;
    /** What ended the trial; null if it is not known. */
    readonly failure: Failure | null;
    /** Why it does not count although it was completed; absent if it was not. */
    readonly setAside?: SetAside;
  }[];
}
