import { at, mean, type Numbers } from '../numbers.js';

/**
 * How much the growth of one series changes if each reading was taken half a reading earlier, or later; y units per
 * request.
 */
export interface ReadingShift {
  readonly earlier: number;
  readonly later: number;
}

/**
 * The change of a growth Σ weights·y if memory is shifted by half a reading against the requests. Between two
 * readings, memory lies on a straight line. Beyond the ends, it continues as between the last two. Domain: two readings
 * or more, as many weights, which sum to 0.
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
 * The largest change that such a shift makes in the mean of these replicates, y units per request. It is the same in
 * all replicates, so their spread does not show it and more replicates do not reduce it.
 */
export function shiftBound(shifts: readonly ReadingShift[]): number {
  return Math.max(...(['earlier', 'later'] as const).map((way) => Math.abs(mean(shifts.map((shift) => shift[way])))));
}
