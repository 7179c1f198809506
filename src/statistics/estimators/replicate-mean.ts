import { AGREEMENT, CONFLICT_SHARE, guardedQuantiles, MOST_DEGREES } from './guarded-prior.js';
import { mean, standardDeviation, type Numbers } from '../numbers.js';
import { normalUpperQuantile, normalUpperTail } from '../distributions/normal.js';
import { tUpperQuantile, tUpperTail } from '../distributions/student-t.js';
import type { LeastSpread } from './variance-floor.js';

/** Mean over replicates with the spread that the tests use; units of the values (bytes per request). */
export interface ReplicateMean {
  readonly mean: number;
  /** Standard deviation of the replicates themselves. */
  readonly sampleDeviation: number;
  /** Standard deviation used: never below the floor. */
  readonly deviation: number;
  readonly floorActive: boolean;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  /** Standard error that is assumed whatever the replicates show, with the normal quantile; 0 for none. */
  readonly knownError: number;
  /** An error that may be the same in every replicate: a bound is never nearer than this; 0 for none. */
  readonly bias: number;
  /** Whether the replicates agree with the given prior; absent if there was none, or if it would bring nothing. */
  readonly prior?: 'agrees' | 'conflicts';
}

/**
 * Student's t on independent replicates. The standard deviation has a floor, so that replicates without any difference
 * cannot claim certainty. One replicate has no spread and decides nothing. `prior` is the standard deviation that A/A
 * runs showed: see `guardedQuantiles`. For a known floor see `leastSpread`. With two replicates there is no known
 * floor: with one degree of freedom, only overwhelming evidence may decide. Domain: at least two finite values, floor
 * ≥ 0.
 * @throws RangeError outside it. Source: docs/method.md#step-4-bounds
 */
export function replicateMean(
  values: Numbers,
  least: number | LeastSpread,
  prior: number | null = null,
): ReplicateMean {
  if (values.length < 2) throw new RangeError(`need at least 2 replicates, got ${values.length}`);
  const { estimated, known, bias } = typeof least === 'number' ? { estimated: least, known: 0, bias: 0 } : least;
  const bounded = values.length > 2 && prior === null ? known : 0;
  const floor = bounded > 0 ? estimated : Math.max(estimated, known);
  if (!(floor >= 0) || !Array.from(values).every(Number.isFinite))
    throw new RangeError('replicates and floor must be finite');
  // Sorted first: sums of floating-point numbers depend on their order, and a verdict must not.
  const sorted = Float64Array.from(values).sort();
  const sampleDeviation = standardDeviation(sorted);
  const expected = prior !== null && prior > 0 && values.length - 1 <= MOST_DEGREES ? Math.max(prior, floor) : null;
  const agrees = expected !== null && sampleDeviation <= AGREEMENT * expected;
  const deviation = agrees ? expected : Math.max(sampleDeviation, floor);
  return {
    mean: mean(sorted),
    sampleDeviation,
    deviation,
    floorActive: agrees ? floor >= expected : Math.max(floor, bounded) > sampleDeviation,
    standardError: deviation / Math.sqrt(values.length),
    degreesOfFreedom: values.length - 1,
    knownError: bounded / Math.sqrt(values.length),
    bias,
    ...(expected === null ? {} : { prior: agrees ? ('agrees' as const) : ('conflicts' as const) }),
  };
}

/** One-sided lower bound: the true mean lies above it except with probability `alpha`. */
export function lowerBound(estimate: ReplicateMean, alpha: number): number {
  return estimate.mean - halfWidth(estimate, alpha);
}

/** One-sided upper bound: the true mean lies below it except with probability `alpha`. */
export function upperBound(estimate: ReplicateMean, alpha: number): number {
  return estimate.mean + halfWidth(estimate, alpha);
}

/** Two-sided interval of the given confidence (0.95), tails of equal weight. */
export function interval(
  estimate: ReplicateMean,
  confidence: number,
): { readonly lower: number; readonly upper: number } {
  const width = halfWidth(estimate, (1 - confidence) / 2);
  return { lower: estimate.mean - width, upper: estimate.mean + width };
}

/** One-sided p-value of "the true mean is at most `threshold`", in (0, 1]. */
export function pAtMost(estimate: ReplicateMean, threshold: number): number {
  return tailOf(estimate.mean - threshold, estimate);
}

/** Distance of a one-sided bound from the mean. */
export function halfWidth(estimate: ReplicateMean, alpha: number): number {
  const { standardError, knownError, bias } = estimate;
  return Math.max(
    quantile(estimate, alpha) * standardError,
    knownError === 0 ? 0 : normalUpperQuantile(alpha) * knownError,
    bias,
  );
}

function quantile({ prior, degreesOfFreedom }: ReplicateMean, alpha: number): number {
  if (prior === 'agrees') return guardedQuantiles(alpha, degreesOfFreedom).agreeing;
  return tUpperQuantile(prior === 'conflicts' ? CONFLICT_SHARE * alpha : alpha, degreesOfFreedom);
}

function tailOf(excess: number, estimate: ReplicateMean): number {
  if (estimate.bias > 0 && excess <= estimate.bias) return 1;
  const own = studentTail(excess, estimate);
  return estimate.knownError === 0 ? own : Math.max(own, normalUpperTail(excess / estimate.knownError));
}

function studentTail(excess: number, estimate: ReplicateMean): number {
  // Without spread and floor, only the excess decides. A p-value is still never 0.
  if (estimate.standardError === 0) return excess > 0 ? Number.MIN_VALUE : 1;
  if (estimate.prior === 'agrees') return guardedTail(excess / estimate.standardError, estimate);
  const tail = tUpperTail(excess / estimate.standardError, estimate.degreesOfFreedom);
  return Math.max(Number.MIN_VALUE, estimate.prior === 'conflicts' ? Math.min(1, tail / CONFLICT_SHARE) : tail);
}

/** The smallest alpha at which the bound is no farther away than this; 0.5 and 1 near and beyond the threshold. */
function guardedTail(distance: number, estimate: ReplicateMean): number {
  if (!(distance > 0)) return 1;
  let [low, high] = [Math.log(1e-9), Math.log(0.49)];
  if (quantile(estimate, Math.exp(high)) > distance) return 0.5;
  for (let step = 0; step < 20; step += 1) {
    const middle = (low + high) / 2;
    if (quantile(estimate, Math.exp(middle)) > distance) low = middle;
    else high = middle;
  }
  return Math.exp(high);
}
