import { sawtoothFloor } from '../statistics/estimators/drawdown.js';
import { lowerBound, replicateMean } from '../statistics/estimators/replicate-mean.js';
import { leastSpread } from '../statistics/estimators/variance-floor.js';
import type { GrowthEvidence } from '../statistics/estimators/growth-evidence.js';
import { mean } from '../statistics/numbers.js';
import type { Guard } from './guard.js';

/**
 * BASELINE-FALLS guard on a FAIL. The difference also grows if the baseline gives memory back. In that case, the
 * candidate's own growth must be above the margin with confidence too; otherwise no leak is sure. A job that changes
 * both arms in the same way is not a fall: then each arm's growth from period to period counts. Source:
 * docs/method.md#step-6-guards
 */
export const baselineGuard: Guard = (evidence, { margin, alphaGuard }) => {
  const { baseline, candidate } = evidence.besideCycles ?? evidence;
  if (baseline === null || candidate === null || mean(baseline) >= 0) return null;
  const growth = replicateMean(candidate, leastSpread({ ...evidence.floor, sawtooth: ownSawtooth(evidence) }));
  const candidateLower = lowerBound(growth, alphaGuard);
  return candidateLower > margin
    ? null
    : { code: 'BASELINE-FALLS', baseline: mean(baseline), candidate: growth.mean, candidateLower };
};

function ownSawtooth({ besideCycles, sawtooth: { candidate }, floor }: GrowthEvidence): number {
  return candidate === null || besideCycles !== null ? 0 : sawtoothFloor(candidate, floor.requests);
}
