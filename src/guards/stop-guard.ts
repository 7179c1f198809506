import { equalCountBins } from '../statistics/estimators/bins.js';
import { projectPlateau } from '../statistics/estimators/fill-fit.js';
import { tailFloor } from '../statistics/estimators/growth-evidence.js';
import { olsSlope } from '../statistics/estimators/ols.js';
import { replicateMean, upperBound } from '../statistics/estimators/replicate-mean.js';
import { slice } from '../statistics/estimators/segment-slopes.js';
import { leastSpread } from '../statistics/estimators/variance-floor.js';
import { STOP_PARTS } from '../statistics/method.js';
import { mean, type Curve } from '../statistics/numbers.js';
import { meanCurve } from './fill-guard.js';
import type { Guard } from './guard.js';
import { shapeBins } from './step-evidence.js';

/** Slopes of a curve in its last 1/`parts`, and in the second half before that. */
function aroundTail(curve: Curve, parts: number): { readonly before: number; readonly after: number } {
  const n = curve.x.length;
  const from = Math.floor(((parts - 1) * n) / parts);
  const slope = (a: number, b: number): number => olsSlope(slice(curve.x, a, b), slice(curve.y, a, b));
  return { before: slope(Math.floor(n / 2), from), after: slope(from, n) };
}

/**
 * FILL guard for growth that stops late: if a cache is full shortly before the window ends, growth is straight in both
 * halves. It objects to a FAIL if the end of the window surely grows by less than rho of the second half before it, or
 * of what remains beside steps. Domain: two curves or more; an end of fewer than 4 points is not judged. Source:
 * docs/method.md#step-6-guards
 */
export const stopGuard: Guard = (evidence, { rho, alphaGuard, loadUnknown }) => {
  const { steps, steadyGrowth } = evidence;
  // If no requests were counted, the last seconds may be idle.
  for (const parts of loadUnknown === true ? STOP_PARTS.slice(0, 1) : STOP_PARTS) {
    if (evidence.curves.some(({ x }) => x.length < 4 * parts)) continue;
    const slopes = evidence.curves.map((curve) => aroundTail(curve, parts));
    const tail = tailFloor(evidence, parts);
    const sawtooth = Math.hypot(tail.sawtooth, rho * 4 * evidence.floor.sawtooth);
    const change = replicateMean(
      slopes.map(({ before, after }) => after - rho * (steps?.leakBeside === true ? steadyGrowth : before)),
      leastSpread({ ...tail, sawtooth }, 1, Math.hypot(1, (rho * (2 * parts)) / (parts - 2) / parts)),
    );
    if (upperBound(change, alphaGuard) >= 0) continue;
    const count = Math.min(...evidence.curves.map(shapeBins));
    const plateau = projectPlateau(meanCurve(evidence.curves.map((curve) => equalCountBins(curve, count))));
    const [before, after] = [mean(slopes.map((one) => one.before)), mean(slopes.map((one) => one.after))];
    return { code: 'FILL', shape: 'stopped', before, after, parts, slopeBeside: after, plateau };
  }
  return null;
};
