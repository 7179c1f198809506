import { mean, standardDeviation, type Numbers } from '../../../src/statistics/numbers.js';
import { tUpperQuantile, tUpperTail } from '../../../src/statistics/distributions/student-t.js';

export interface WelchTest {
  /** Mean of `candidate` minus mean of `baseline`. */
  readonly difference: number;
  readonly t: number;
  readonly degreesOfFreedom: number;
  readonly lower: number;
  readonly upper: number;
  /** Two-sided p-value of "no difference". */
  readonly p: number;
}

/**
 * Welch's t-test for unpaired replicates with unequal variances (Welch–Satterthwaite degrees of freedom). Used where
 * the arms did not run side by side, and for comparison. Domain: two values or more a side, not all spread zero.
 * @throws RangeError outside it. Source: Welch, Biometrika 34 (1947).
 */
export function welchTest(baseline: Numbers, candidate: Numbers, confidence: number): WelchTest {
  if (baseline.length < 2 || candidate.length < 2) throw new RangeError('need at least 2 replicates a side');
  const a = standardDeviation(baseline) ** 2 / baseline.length;
  const b = standardDeviation(candidate) ** 2 / candidate.length;
  const error = Math.sqrt(a + b);
  if (!(error > 0)) throw new RangeError('no spread on either side');
  const difference = mean(candidate) - mean(baseline);
  const degreesOfFreedom = (a + b) ** 2 / (a ** 2 / (baseline.length - 1) + b ** 2 / (candidate.length - 1));
  const t = difference / error;
  const width = tUpperQuantile((1 - confidence) / 2, degreesOfFreedom) * error;
  return {
    difference,
    t,
    degreesOfFreedom,
    lower: difference - width,
    upper: difference + width,
    p: 2 * tUpperTail(Math.abs(t), degreesOfFreedom),
  };
}
