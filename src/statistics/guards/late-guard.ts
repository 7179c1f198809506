import type { GateRules } from './guard-rules.js';
import { at, type Curve } from '../numbers.js';
import { lowerBound, replicateMean } from '../estimators/replicate-mean.js';
import { segmentSlopes } from '../estimators/segment-slopes.js';
import { leastSpread, type VarianceFloor } from '../estimators/variance-floor.js';

export interface LateEvidence {
  /** True where the last third alone grows by more than the margin. */
  readonly fired: boolean;
  readonly lastThird: number;
  readonly lastThirdLower: number;
}

/**
 * LATE guard for a candidate PASS: a leak that sets in near the end is diluted in the slope of the whole window.
 * Domain: two curves or more, 6 points or more each. Source: docs/method.md#step-6-guards
 */
export function lateGuard(curves: readonly Curve[], floor: VarianceFloor, rules: GateRules): LateEvidence {
  const thirds = curves.map((curve) => at(segmentSlopes(curve, 3), 2));
  const estimate = replicateMean(thirds, leastSpread(floor, 3));
  const lastThirdLower = lowerBound(estimate, rules.alphaGuard);
  return { fired: lastThirdLower > rules.margin, lastThird: estimate.mean, lastThirdLower };
}
