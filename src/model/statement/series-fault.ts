import type { ArmName } from '../arm.js';
import type { SetAside } from '../host-load.js';
import type { Metric } from '../series.js';
import type { Nothing, Stated } from './stated.js';

/** Why the series of one arm, or the two series of a pair, are no evidence. */
export interface SeriesFaultFacts {
  readonly 'no-window': Nothing;
  readonly 'process-ended': Nothing;
  readonly 'not-measured': Nothing;
  /** A service ran in several containers, and this one of them was never read. */
  readonly 'container-not-measured': { readonly service: string; readonly container: number };
  readonly 'few-readings': { readonly readings: number; readonly needed: number };
  readonly 'nothing-answered': Nothing;
  /** The readings' count of answers went down, as that of one replay cannot. */
  readonly 'answers-fell': Nothing;
  readonly 'no-time': Nothing;
  readonly 'few-requests': { readonly requests: number; readonly needed: number };
  readonly 'short-coverage': { readonly seconds: number; readonly windowSeconds: number };
  /** So many readings of less than any living process has, several of them in a row. */
  readonly 'no-living-process': { readonly metric: Metric; readonly readings: number; readonly lowest: number };
  /** The answers by the readings' own count, and by the replay's. */
  readonly 'answers-counted-otherwise': { readonly counted: number; readonly answered: number };
  readonly 'no-overlap': { readonly seconds: number; readonly needed: number };
  readonly 'stood-still': Nothing;
}
export type SeriesFault = Stated<SeriesFaultFacts>;

/** One replicate that is missing from the evidence on one service. */
export interface MissingReplicate {
  readonly replicate: number;
  /** Null if the two series do not fit each other. */
  readonly arm: ArmName | null;
  readonly services: readonly string[];
  readonly fault: SeriesFault;
}

/** One replicate of which a trial did not go through. */
export interface LeftOutReplicate {
  readonly replicate: number;
  readonly trials: readonly {
    readonly arm: ArmName;
    readonly run: boolean;
    /** What the trial ended with, in its own words; null if it is not known. */
    readonly failure: string | null;
    /** Why it does not count though it went through; absent if it did not. */
    readonly setAside?: SetAside;
  }[];
}
