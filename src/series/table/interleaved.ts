import { median } from '../../statistics/numbers.js';

/**
 * If two rows of one time belong to two processes, they differ by at least this much more than two consecutive rows of
 * one process.
 */
const FAR_MORE = 20;
const LEAST_BYTES = 1_048_576;

/**
 * Whether rows with the same time contain levels of different processes: two rows of a time are far apart, and each is
 * close to its own row at the next time.
 */
export function looksInterleaved(seconds: ArrayLike<number>, levels: ArrayLike<number>): boolean {
  const within: number[] = [];
  const along: number[] = [];
  let repeated = 0;
  for (let row = 1; row < seconds.length; row += 1) {
    if (seconds[row] !== seconds[row - 1]) continue;
    repeated += 1;
    within.push(Math.abs((levels[row] as number) - (levels[row - 1] as number)));
    if (row >= 2) along.push(Math.abs((levels[row] as number) - (levels[row - 2] as number)));
  }
  if (repeated < 0.3 * seconds.length) return false;
  return usual(within) > FAR_MORE * usual(along) && usual(within) > LEAST_BYTES;
}

function usual(distances: readonly number[]): number {
  const known = distances.filter(Number.isFinite);
  return known.length === 0 ? 0 : median(known);
}
