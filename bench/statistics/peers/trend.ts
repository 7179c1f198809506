import { differenceCurve } from '../../../src/statistics/estimators/difference-curve.js';
import type { Curve } from '../../../src/statistics/numbers.js';
import { fitLine } from '../../../src/statistics/estimators/ols.js';
import { tUpperTail } from '../../../src/statistics/distributions/student-t.js';
import { ALPHA, byMajority } from './rule.js';

/** Student's t on the slope of the samples, as if they were independent. */
function olsAlarms(curve: Curve): boolean {
  const { slope, slopeError } = fitLine(curve.x, curve.y);
  return slope > 0 && (slopeError === 0 || tUpperTail(slope / slopeError, curve.x.length - 2) < ALPHA);
}

/** Every k-th point, so that at most this many are left: Mann–Kendall takes quadratic time. */
const MOST_POINTS = 450;

/** Mann–Kendall with the correction for ties, normal approximation. Source: Mann 1945, Kendall 1975. */
function mannKendallAlarms(curve: Curve): boolean {
  const step = Math.ceil(curve.y.length / MOST_POINTS);
  const y = Array.from({ length: Math.floor(curve.y.length / step) }, (_, i) => curve.y[i * step] as number);
  const n = y.length;
  let s = 0;
  for (let i = 0; i < n; i += 1) for (let j = i + 1; j < n; j += 1) s += Math.sign((y[j] as number) - (y[i] as number));
  const ties = new Map<number, number>();
  for (const value of y) ties.set(value, (ties.get(value) ?? 0) + 1);
  const variance =
    (n * (n - 1) * (2 * n + 5) - [...ties.values()].reduce((sum, t) => sum + t * (t - 1) * (2 * t + 5), 0)) / 18;
  return s > 0 && variance > 0 && (s - 1) / Math.sqrt(variance) > Z_ONE_SIDED;
}

/** Standard normal quantile of 0.95. */
export const Z_ONE_SIDED = 1.6448536269514722;

export const TREND_RULES = [
  byMajority('OLS t-test on samples, difference', (pair) => olsAlarms(differenceCurve(pair.baseline, pair.candidate))),
  byMajority('OLS t-test on samples, candidate', (pair) => olsAlarms(pair.candidate)),
  byMajority('Mann–Kendall, difference', (pair) => mannKendallAlarms(differenceCurve(pair.baseline, pair.candidate))),
  byMajority('Mann–Kendall, candidate', (pair) => mannKendallAlarms(pair.candidate)),
];
