import { mean as kahanMean, median as middle, sampleStandardDeviation } from 'simple-statistics';

/** Read-only numbers of any container: a plain array or a typed one. */
export type Numbers = ArrayLike<number>;

/** A growth curve: requests answered (or seconds) on x, bytes on y; x rises. */
export interface Curve {
  readonly x: Numbers;
  readonly y: Numbers;
}

/** Element `i`, for loops whose bounds are already checked. */
export function at(values: Numbers, i: number): number {
  return values[i] as number;
}

/** Arithmetic mean (compensated summation). Domain: at least one value. */
export function mean(values: Numbers): number {
  return kahanMean(Array.from(values));
}

/** Median; the mean of the two middle values for an even count. Domain: at least one value. */
export function median(values: Numbers): number {
  return middle(Array.from(values));
}

/** Sample standard deviation (divisor n − 1). Domain: at least two values. Exactly 0 when all are equal. */
export function standardDeviation(values: Numbers): number {
  const first = at(values, 0);
  return sampleStandardDeviation(Array.from(values, (value) => value - first));
}

/** Refuses series that have no slope: unequal lengths, or fewer points than `least`. @throws RangeError */
export function requirePoints(x: Numbers, y: Numbers, least: number): void {
  if (x.length !== y.length) throw new RangeError(`x has ${x.length} points, y has ${y.length}`);
  if (x.length < least) throw new RangeError(`need at least ${least} points, got ${x.length}`);
}
