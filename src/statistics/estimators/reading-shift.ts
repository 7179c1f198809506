import { at, mean, type Numbers } from '../numbers.js';

/**
 * What the growth of one series changes by where each of its readings is from half a reading earlier, and later; y
 * units per request.
 */
export interface ReadingShift {
  readonly earlier: number;
  readonly later: number;
}

/**
 * The change of a growth Σ weights·y when memory is set half a reading against the requests. Between two readings
 * memory is on the line from
 * one to the other; beyond the ends it goes on as between the last two. Domain: two readings or more, as many weights,
 * which sum to 0.
 * @throws RangeError outside it. Source: docs/attribution.md.
 */
export function readingShift(weights: Numbers, y: Numbers): ReadingShift {
  const last = y.length - 1;
  if (last < 1 || weights.length !== y.length)
    throw new RangeError(`no shift of ${y.length} readings with ${weights.length} weights`);
  const rise = (from: number): number => at(y, from + 1) - at(y, from);
  let [earlier, later] = [0, 0];
  for (let i = 0; i <= last; i += 1) {
    earlier -= (at(weights, i) * rise(Math.max(0, i - 1))) / 2;
    later += (at(weights, i) * rise(Math.min(last - 1, i))) / 2;
  }
  return { earlier, later };
}

/**
 * The most that such a shift does to the mean of these replicates, y units per request. It is the same in all of them,
 * so that their spread
 * does not show it and more of them do not make it less.
 */
export function shiftBound(shifts: readonly ReadingShift[]): number {
  return Math.max(...(['earlier', 'later'] as const).map((way) => Math.abs(mean(shifts.map((shift) => shift[way])))));
}
