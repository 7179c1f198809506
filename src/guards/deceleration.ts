import type { Before, GrowthEvidence } from '../statistics/estimators/growth-evidence.js';
import { lowerBound, replicateMean, upperBound, type ReplicateMean } from '../statistics/estimators/replicate-mean.js';
import { segmentSlopes } from '../statistics/estimators/segment-slopes.js';
import { leastSpread, type VarianceFloor } from '../statistics/estimators/variance-floor.js';
import { LIKELY_ALPHA } from '../statistics/method.js';
import { at, mean } from '../statistics/numbers.js';
import type { GateRules } from './guard-rules.js';

/** Mean growth of a window's halves, and whether the second is surely slower than `rho` of the first. */
export interface Deceleration {
  readonly decelerating: boolean;
  /** The same at `LIKELY_ALPHA`: slower with more probability than not. */
  readonly slowing: boolean;
  /**
   * The opposite: memory is given back in the first half, and by less than `rho` of that in the second. Either it is
   * sure that the fall slows down, or it is sure that memory falls faster than the margin.
   */
  readonly fallSlows: boolean;
  /** The same with more probability than not. */
  readonly fallMaySlow: boolean;
  readonly firstHalf: number;
  readonly secondHalf: number;
  /** Lower bound of the second half's growth at the guards' alpha. */
  readonly secondHalfLower: number;
  /** Upper bound of the second half's growth at half of PASS's alpha. If it is below the margin, growth has settled. */
  readonly secondHalfUpper: number;
}

/** later − rho · earlier over the replicates. `parts` says which part of the window each one is. */
export function contrast(
  earlier: readonly number[],
  later: readonly number[],
  parts: number,
  floor: VarianceFloor,
  rho: number,
): ReplicateMean {
  const values = later.map((slope, i) => slope - rho * at(earlier, i));
  return replicateMean(values, leastSpread(floor, parts, Math.sqrt(1 + rho ** 2)));
}

/** Whether the window's second half probably grows more slowly than `rho` of the growth in the warm-up. */
function slowsSince({ slopes, parts }: Before, second: readonly number[], floor: VarianceFloor, rho: number): boolean {
  const values = second.map((slope, i) => slope - rho * at(slopes, i));
  const least = leastSpread({
    ...floor,
    quantum: floor.quantum * Math.hypot(2, rho * parts),
    sawtooth: floor.sawtooth * Math.hypot(4, rho * parts ** 2),
  });
  return mean(slopes) > 0 && upperBound(replicateMean(values, least), LIKELY_ALPHA) < 0;
}

/**
 * Deceleration between the halves of the difference curves. For an exponential fill, b₂/b₁ = exp(−W/2τ) exactly.
 * Domain: two curves or more, 4 points or more each. Source: docs/method.md#step-6-guards
 */
export function measureDeceleration(
  { curves, floor, before }: Pick<GrowthEvidence, 'curves' | 'floor' | 'before'>,
  rules: GateRules,
): Deceleration {
  const halves = curves.map((curve) => segmentSlopes(curve, 2));
  const first = halves.map((pair) => at(pair, 0));
  const second = halves.map((pair) => at(pair, 1));
  const firstHalf = mean(first);
  const later = replicateMean(second, leastSpread(floor, 2));
  const earlier = replicateMean(first, leastSpread(floor, 2));
  const fallsAt = (alpha: number): boolean => firstHalf < -rules.margin && upperBound(earlier, alpha) < 0;
  const slowsAt = (alpha: number): boolean =>
    firstHalf < 0 && (lowerBound(change, alpha) > 0 || (change.mean > 0 && fallsAt(alpha)));
  const change = contrast(first, second, 2, floor, rules.rho);
  return {
    decelerating: firstHalf > 0 && upperBound(change, rules.alphaGuard) < 0,
    slowing:
      (firstHalf > 0 && upperBound(change, LIKELY_ALPHA) < 0) ||
      (before !== null && lowerBound(change, LIKELY_ALPHA) <= 0 && slowsSince(before, second, floor, rules.rho)),
    fallSlows: slowsAt(rules.alphaGuard),
    fallMaySlow: slowsAt(LIKELY_ALPHA),
    firstHalf,
    secondHalf: later.mean,
    secondHalfLower: lowerBound(later, rules.alphaGuard),
    secondHalfUpper: upperBound(later, rules.alphaPass / 2),
  };
}
