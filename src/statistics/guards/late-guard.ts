import { lowerBound, replicateMean } from '../estimators/replicate-mean.js';
import { segmentSlopes } from '../estimators/segment-slopes.js';
import { leastSpread } from '../estimators/variance-floor.js';
import { LATE_PARTS } from '../method.js';
import { at } from '../numbers.js';
import { tailFloor } from '../estimators/growth-evidence.js';
import type { Guard } from './guard.js';

/**
 * LATE guard on a PASS: a leak that sets in near the end is diluted in the slope of the whole window. The end of the
 * window is judged by the cycles inside it alone: memory that was given back before it does not count.
 * Domain: two curves or more, 10 points or more each. Source: docs/method.md#step-6-guards
 */
export const lateGuard: Guard = (evidence, { margin, alphaGuard }) => {
  for (const parts of LATE_PARTS) {
    const ends = evidence.curves.map((curve) => at(segmentSlopes(curve, parts), parts - 1));
    const growth = replicateMean(ends, leastSpread(tailFloor(evidence, parts)));
    const lower = lowerBound(growth, alphaGuard);
    if (lower > margin) return { code: 'LATE', parts, growth: growth.mean, lower };
  }
  return null;
};
