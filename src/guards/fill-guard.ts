import { equalCountBins } from '../statistics/estimators/bins.js';
import { bestTimeConstant, fitBesideFill, projectPlateau, type Plateau } from '../statistics/estimators/fill-fit.js';
import { lowerBound, replicateMean, upperBound } from '../statistics/estimators/replicate-mean.js';
import { segmentSlopes } from '../statistics/estimators/segment-slopes.js';
import { bestSlowingCurve, fitBesideSlowing } from '../statistics/estimators/slowing-fit.js';
import { leastSpread } from '../statistics/estimators/variance-floor.js';
import { SHAPE_RATIO, STEADY_SHARE } from '../statistics/method.js';
import { at, mean, type Curve } from '../statistics/numbers.js';
import { contrast } from './deceleration.js';
import type { Guard, LookEvidence } from './guard.js';
import type { GateRules } from './guard-rules.js';
import { shapeBins } from './step-evidence.js';

/** The mean of all replicates' binned difference curves. */
export function meanCurve(binned: readonly Curve[]): Curve {
  const n = Math.min(...binned.map((curve) => curve.x.length));
  const average = (axis: 'x' | 'y'): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => mean(binned.map((curve) => at(curve[axis], i))));
  return { x: average('x'), y: average('y') };
}

interface Filling {
  /** A straight part beside the fill is above the margin with confidence, and is most of the later growth. */
  readonly straight: boolean;
  /** The last quarter keeps the third quarter's pace on average. */
  readonly steady: boolean;
  /** The last quarter is surely slower than the third: the fill is not over yet. */
  readonly stillSlowing: boolean;
  /** Residual sum of squares of the fits with one common time constant, in all replicates. */
  readonly residual: number;
  /**
   * A logarithm or a square root fits about as well, and a straight part beside it is not above the margin with
   * confidence.
   */
  readonly endless: boolean;
  readonly slopeBeside: number;
  readonly plateau: Plateau;
}

function measureFilling({ curves, floor, deceleration }: LookEvidence, rules: GateRules): Filling {
  const count = Math.min(...curves.map(shapeBins));
  const binned = curves.map((curve) => equalCountBins(curve, count));
  const pooled = meanCurve(binned);
  const tau = bestTimeConstant(pooled);
  const fits = binned.map((curve) => fitBesideFill(curve, tau));
  const beside = replicateMean(
    fits.map((fit) => fit.slope),
    leastSpread(floor),
  );
  const residual = fits.reduce((sum, fit) => sum + fit.residual, 0);
  const slowing = bestSlowingCurve(pooled);
  const slowingFits = binned.map((curve) => fitBesideSlowing(curve, slowing));
  const besideSlowing = replicateMean(
    slowingFits.map((fit) => fit.slope),
    leastSpread(floor),
  );
  const quarters = curves.map((curve) => segmentSlopes(curve, 4));
  const quarter = (index: number): number[] => quarters.map((slopes) => at(slopes, index));
  const lastQuarters = contrast(quarter(2), quarter(3), 4, floor, rules.rho);
  return {
    straight:
      lowerBound(beside, rules.alphaFail) > rules.margin && beside.mean >= STEADY_SHARE * deceleration.secondHalf,
    steady: lastQuarters.mean > 0,
    stillSlowing: upperBound(lastQuarters, rules.alphaGuard) < 0,
    residual,
    endless:
      slowingFits.reduce((sum, fit) => sum + fit.residual, 0) <= SHAPE_RATIO * residual &&
      lowerBound(besideSlowing, rules.alphaFail) <= rules.margin,
    slopeBeside: beside.mean,
    plateau: projectPlateau(pooled),
  };
}

/**
 * FILL guard on a FAIL that slows down between the halves: surely, or more likely than not if no longer pair will
 * confirm it (alpha is `LIKELY_ALPHA`). The FAIL survives only if three things hold: a straight part beside the best
 * exponential is above the margin with confidence; it is at least half of what the second half grows by; and the last
 * quarter keeps rho of the third's pace on average. (With two replicates, "not surely slower" let a real cache
 * through.) A reload early in the window slows down like a fill and must not hide a leak beside it: if the step
 * explains the curve better than the best exponential, FILL does not object. If no longer pair will confirm the FAIL,
 * it must not look like a logarithm or a square root either. Domain: as `measureDeceleration`, 8 points or more.
 * Source: docs/method.md#step-6-guards
 */
export const fillGuard: Guard = (evidence, rules) => {
  const { deceleration, steps } = evidence;
  if (!(rules.unconfirmed === true ? deceleration.slowing : deceleration.decelerating)) return null;
  const filling = measureFilling(evidence, rules);
  if (steps?.leakBeside === true && !filling.stillSlowing && steps.stepResidual < filling.residual) return null;
  const told = rules.unconfirmed !== true || !filling.endless;
  if (filling.straight && filling.steady && told) return null;
  return {
    code: 'FILL',
    shape: filling.straight && filling.steady ? 'endless' : 'exponential',
    before: deceleration.firstHalf,
    after: deceleration.secondHalf,
    parts: 2,
    slopeBeside: filling.slopeBeside,
    plateau: filling.plateau,
  };
};
