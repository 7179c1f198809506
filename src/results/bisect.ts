import type { LadderNote, VersionPlace, VersionRun } from './ladder.js';

/** Version of the file that `slopegate bisect` writes. */
export const BISECT_SCHEMA = 'slopegate.bisect/1';

/** How often the verdict of one run is wrong, 0…1. */
export interface ErrorRates {
  /** FAIL for a version that does not grow. */
  readonly falseFail: number;
  /** PASS for a version that grows. */
  readonly missedFail: number;
}

/**
 * Why the search ended. `sure`: one version is the first bad one with the stated probability. `open`: some versions,
 * which cannot be told apart because their runs did not decide. `too-many`: no more runs were allowed.
 */
export type SearchEnd = 'sure' | 'open' | 'too-many';

/**
 * What makes the answer weaker. `small-growth`: the bad version grows beyond the good one by less than twice the
 * margin. Runs often do not decide about such growth.
 */
export type BisectNote = LadderNote | 'small-growth';

/** The search for the first bad release. */
export interface BisectResult {
  readonly schema: typeof BISECT_SCHEMA;
  readonly scenario: string;
  readonly startedAt: string;
  readonly seconds: number;
  readonly place: VersionPlace;
  readonly good: string;
  readonly bad: string;
  /** From the good one to the bad one. */
  readonly versions: readonly string[];
  readonly rates: ErrorRates;
  /** Probability that the answer must have, 0…1. */
  readonly level: number;
  /** All runs that were used, in the order in which they were used. */
  readonly tests: readonly VersionRun[];
  /** For each version: the probability that it is the first bad one. */
  readonly probabilities: readonly { readonly version: string; readonly probability: number }[];
  /** The versions of which one is the first bad one, in their order. One version if the search is sure. */
  readonly firstBad: readonly string[];
  readonly ended: SearchEnd;
  readonly notes: readonly BisectNote[];
}
