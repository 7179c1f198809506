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
