import { STEADY_SHARE } from '../method.js';
import { equalCountBins } from '../estimators/bins.js';
import { bestTimeConstant, fitBesideFill, projectPlateau, type Plateau } from '../estimators/fill-fit.js';
import type { GateRules } from './guard-rules.js';
import { at, mean, type Curve } from '../numbers.js';
import { lowerBound, replicateMean, upperBound, type ReplicateMean } from '../estimators/replicate-mean.js';
import { segmentSlopes } from '../estimators/segment-slopes.js';
import { shapeBins } from './step-guard.js';
import { leastSpread, type VarianceFloor } from '../estimators/variance-floor.js';

/** Mean growth of a window's halves, and whether the second is surely slower than `rho` of the first. */
export interface Deceleration {
  readonly decelerating: boolean;
  readonly firstHalf: number;
  readonly secondHalf: number;
  /** Upper bound of the second half's growth at half of PASS's alpha: below the margin, it has settled. */
  readonly secondHalfUpper: number;
}

/** later − rho · earlier over the replicates; `parts` says how small a share of the window each is. */
function contrast(
  earlier: readonly number[],
  later: readonly number[],
  parts: number,
  floor: VarianceFloor,
  rules: GateRules,
): ReplicateMean {
  const values = later.map((slope, i) => slope - rules.rho * at(earlier, i));
  return replicateMean(values, leastSpread(floor, parts, Math.sqrt(1 + rules.rho ** 2)));
}

/**
 * Deceleration between the halves of the difference curves. An exponential fill has b₂/b₁ = exp(−W/2τ) exactly.
 * Domain: two curves or more, 4 points or more each. Source: docs/method.md#step-6-guards
 */
export function measureDeceleration(curves: readonly Curve[], floor: VarianceFloor, rules: GateRules): Deceleration {
  const halves = curves.map((curve) => segmentSlopes(curve, 2));
  const first = halves.map((pair) => at(pair, 0));
  const second = halves.map((pair) => at(pair, 1));
  const firstHalf = mean(first);
  const later = replicateMean(second, leastSpread(floor, 2));
  return {
    decelerating: firstHalf > 0 && upperBound(contrast(first, second, 2, floor, rules), rules.alphaGuard) < 0,
    firstHalf,
    secondHalf: later.mean,
    secondHalfUpper: upperBound(later, rules.alphaPass / 2),
  };
}

export interface FillEvidence {
  /** True where growth towards a plateau explains the slope. */
  readonly fired: boolean;
  /** The last quarter is surely slower than rho of the third: it is not over yet. */
  readonly stillSlowing: boolean;
  /** Residual sum of squares of the fits with one common time constant, over all replicates. */
  readonly residual: number;
  /** Mean slope that remains beside the fill, y units per x unit. */
  readonly slopeBeside: number;
  readonly plateau: Plateau;
}

/** The mean of all replicates' binned difference curves. */
export function meanCurve(binned: readonly Curve[]): Curve {
  const n = Math.min(...binned.map((curve) => curve.x.length));
  const average = (axis: 'x' | 'y'): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => mean(binned.map((curve) => at(curve[axis], i))));
  return { x: average('x'), y: average('y') };
}

/**
 * FILL guard for a candidate FAIL that decelerates. The FAIL survives only if a linear part beside the best exponential
 * is above the margin
 * with confidence, is at least half of what the second half grows by, and the last quarter keeps up rho of the third's
 * pace on average. (The
 * method asks only that it is not surely slower, which with two replicates let a real cache through.)
 * Domain as `measureDeceleration`, 8 points or more. Source: docs/method.md#step-6-guards
 */
export function fillGuard(
  curves: readonly Curve[],
  deceleration: Deceleration,
  floor: VarianceFloor,
  rules: GateRules,
): FillEvidence {
  const count = Math.min(...curves.map(shapeBins));
  const binned = curves.map((curve) => equalCountBins(curve, count));
  const pooled = meanCurve(binned);
  const tau = bestTimeConstant(pooled);
  const fits = binned.map((curve) => fitBesideFill(curve, tau));
  const beside = replicateMean(
    fits.map((fit) => fit.slope),
    leastSpread(floor),
  );
  const quarters = curves.map((curve) => segmentSlopes(curve, 4));
  const lastQuarters = contrast(
    quarters.map((q) => at(q, 2)),
    quarters.map((q) => at(q, 3)),
    4,
    floor,
    rules,
  );
  const steady = lastQuarters.mean > 0;
  const linear =
    lowerBound(beside, rules.alphaFail) > rules.margin && beside.mean >= STEADY_SHARE * deceleration.secondHalf;
  return {
    fired: deceleration.decelerating && !(linear && steady),
    stillSlowing: upperBound(lastQuarters, rules.alphaGuard) < 0,
    residual: fits.reduce((sum, fit) => sum + fit.residual, 0),
    slopeBeside: beside.mean,
    plateau: projectPlateau(pooled),
  };
}
