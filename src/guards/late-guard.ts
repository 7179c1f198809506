import { olsSlope } from '../statistics/estimators/ols.js';
import { lowerBound, replicateMean, upperBound } from '../statistics/estimators/replicate-mean.js';
import { segmentSlopes } from '../statistics/estimators/segment-slopes.js';
import { leastSpread } from '../statistics/estimators/variance-floor.js';
import { LATE_MARGINS, LATE_PARTS, LIKELY_ALPHA } from '../statistics/method.js';
import { at } from '../statistics/numbers.js';
import { tailFloor } from '../statistics/estimators/growth-evidence.js';
import type { Guard } from './guard.js';

/**
 * LATE guard on a PASS: a leak that begins near the end is hardly visible in the slope of the whole window. The end of
 * the window is judged with the cycles inside it alone: memory that was given back before it does not count. It objects
 * if the end alone surely grows by more than the margin. It also objects if the shortest end probably grows faster than
 * the whole window and twice the margin is not surely excluded there. Domain: two curves or more, 10 points or more
 * each. Source: docs/method.md#step-6-guards
 */
export const lateGuard: Guard = (evidence, { margin, alphaGuard, alphaPass }) => {
  for (const parts of LATE_PARTS) {
    const ends = evidence.curves.map((curve) => at(segmentSlopes(curve, parts), parts - 1));
    const least = leastSpread(tailFloor(evidence, parts));
    const growth = replicateMean(ends, least);
    const lower = lowerBound(growth, alphaGuard);
    const upper = upperBound(growth, alphaPass);
    const late = { code: 'LATE', parts, growth: growth.mean, lower, upper } as const;
    if (lower > margin) return late;
    if (parts < Math.max(...LATE_PARTS)) continue;
    const faster = replicateMean(
      evidence.curves.map(({ x, y }, i) => at(ends, i) - olsSlope(x, y)),
      least,
    );
    if (lowerBound(faster, LIKELY_ALPHA) > 0 && upper >= LATE_MARGINS * margin) return late;
  }
  return null;
};
