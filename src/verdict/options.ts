import type { Metric } from '../model/index.js';

/** What `assess` cannot know from the recording itself. */
export interface AssessOptions {
  /** Metric that decides. If absent: the primary one, or anonymous memory if the primary one was not recorded. */
  readonly metric?: Metric;
  /** Recorded series have one look: all of alpha is spent on the given replicates. */
  readonly singleLook?: boolean;
  /**
   * The smallest number of counts on the x-axis that a window needs, if it counts events that are rarer than readings
   * (reloads, batches).
   */
  readonly fewestRequests?: number;
}
