import type { Standing } from '../model/index.js';
import { median } from '../statistics/numbers.js';
import { HUNT_BATCHES, HUNT_UNEVENNESS } from '../statistics/method.js';

/**
 * Decides from the live heap at rest after each batch of equal requests. The first batch only prepares the server.
 * Memory is kept if each of the last batches left some, and about the same. It is given back if the heap is, after the
 * last batches, where it was before them: pools and caches that are filled once lie before them.
 * @param levels bytes after each batch, in order
 * @example standingOf([0, 800, 1600, 2400, 3200]) // 'keeps'
 * @example standingOf([0, 4096, 4096, 4096, 4096]) // 'gives-back'
 */
export function standingOf(levels: readonly number[]): Exclude<Standing, 'unmeasured'> {
  const steps = lastSteps(levels);
  if (steps === null) return 'undecided';
  const least = Math.min(...steps);
  if (least > 0 && Math.max(...steps) <= HUNT_UNEVENNESS * least) return 'keeps';
  const [before = 0, , ...after] = levels.slice(-HUNT_BATCHES);
  return Math.min(...after) <= before ? 'gives-back' : 'undecided';
}

/** Bytes that a batch leaves: the median of the last batches. 0 if there are too few. */
export function bytesPerBatch(levels: readonly number[]): number {
  const steps = lastSteps(levels);
  return steps === null ? 0 : median(steps);
}

function lastSteps(levels: readonly number[]): readonly number[] | null {
  if (levels.length <= HUNT_BATCHES) return null;
  return levels
    .slice(1)
    .map((level, i) => level - (levels[i] as number))
    .slice(-HUNT_BATCHES);
}
