import { DETECTABLE_ERRORS } from '../statistics/method.js';
import { halfWidth, type ReplicateMean } from '../statistics/estimators/replicate-mean.js';

/**
 * The smallest true difference that this design would have called FAIL with about 80 % probability: margin + half-width
 * + 0.9 · standard error (the larger of the estimated and the known one). This is approximate: the standard error is
 * itself an estimate, so the true figure is about 15 % higher at five replicates and 35 % at three. Source:
 * docs/method.md#step-11-detectable-difference
 */
export function detectableDifference(estimate: ReplicateMean, margin: number, alpha: number): number {
  return (
    margin + halfWidth(estimate, alpha) + DETECTABLE_ERRORS * Math.max(estimate.standardError, estimate.knownError)
  );
}
