import { sawtoothFloor } from '../estimators/drawdown.js';
import { lowerBound, replicateMean } from '../estimators/replicate-mean.js';
import { leastSpread } from '../estimators/variance-floor.js';
import { mean } from '../numbers.js';
import type { Guard } from './guard.js';

/**
 * BASELINE-FALLS guard on a FAIL: the difference also grows where the baseline gives memory back. Then the candidate's
 * own growth must be above the margin with confidence too, or nothing of it leaks for sure.
 * Source: docs/method.md#step-6-guards
 */
export const baselineGuard: Guard = ({ baseline, candidate, floor, sawtooth }, { margin, alphaGuard }) => {
  if (baseline === null || candidate === null || mean(baseline) >= 0) return null;
  const own = sawtooth.candidate === null ? 0 : sawtoothFloor(sawtooth.candidate, floor.requests);
  const growth = replicateMean(candidate, leastSpread({ ...floor, sawtooth: own }));
  const candidateLower = lowerBound(growth, alphaGuard);
  return candidateLower > margin
    ? null
    : { code: 'BASELINE-FALLS', baseline: mean(baseline), candidate: growth.mean, candidateLower };
};
