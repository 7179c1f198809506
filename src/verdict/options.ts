import type { Metric } from '../model/index.js';

/** What `assess` cannot read from the recording itself. */
export interface AssessOptions {
  /** Metric that decides; without it the primary one, or anonymous memory where that was not recorded. */
  readonly metric?: Metric;
  /** Recorded series are one look: all of alpha is spent on what is at hand. */
  readonly singleLook?: boolean;
  /**
   * Fewest counts on the x-axis that a window needs, where it counts events that are rarer than readings (reloads,
   * batches).
   */
  readonly fewestRequests?: number;
}

/** A window with less than this is no evidence, whatever its slope. */
export const FEWEST_POINTS = 30;
export const FEWEST_REQUESTS = 1_000;
/** Share of the window's seconds that must carry a reading. */
export const FEWEST_READINGS = 0.8;
export const CONFIDENCE = 0.95;
