import type { Result } from '../results/index.js';

/** One file to be written, relative to the run's folder. */
export interface Rendered {
  readonly path: string;
  readonly contents: string;
}

/** A pure function of the result: the same result gives the same bytes. */
export type Reporter = (result: Result) => Rendered;
