import { limitSlope } from '../statistics/estimators/limit-slope.js';
import { lowerBound, replicateMean, upperBound } from '../statistics/estimators/replicate-mean.js';
import { segmentSlopes } from '../statistics/estimators/segment-slopes.js';
import { leastSpread, type VarianceFloor } from '../statistics/estimators/variance-floor.js';
import { LIKELY_ALPHA } from '../statistics/method.js';
import { mean } from '../statistics/numbers.js';
import type { Guard } from './guard.js';

type Thirds = readonly [number, number, number];

/**
 * The largest share of one third's change that may remain in the next third: up to this share, the data do not say that
 * it is less. Null if they allow a change that does not become smaller.
 */
function mostKept(thirds: readonly Thirds[], floor: VarianceFloor, alpha: number): number | null {
  const surelyLess = (kept: number): boolean => {
    const values = thirds.map(([a, b, c]) => c - b - kept * (b - a));
    const scale = Math.sqrt(1 + (1 + kept) ** 2 + kept ** 2);
    return upperBound(replicateMean(values, leastSpread(floor, 3, scale)), alpha) < 0;
  };
  if (!surelyLess(1)) return null;
  let [low, high] = [0, 1];
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2;
    if (surelyLess(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * MASKED guard on a PASS, the opposite of FILL. If memory is given back at first, and then less and less, this hides
 * growth. The growth that remains when nothing more is given back is the limit of the thirds' slopes. The PASS stands
 * only if that is surely below the margin. If nothing more is given back before the window ends, the limit is the last
 * third's own growth. If the fall probably, but not surely, slows down, the last third decides: the guard objects if it
 * probably grows and is not surely below the margin. Domain: two curves or more, 6 points or more each. Source:
 * docs/method.md#step-6-guards
 */
export const maskedGuard: Guard = ({ curves, floor, deceleration }, { margin, alphaGuard, alphaPass }) => {
  if (!deceleration.fallMaySlow) return null;
  // The guard looks for a fall that is not a cycle, so cycles do not set a floor here.
  const steps = { ...floor, sawtooth: 0 };
  const thirds = curves.map((curve) => segmentSlopes(curve, 3) as unknown as Thirds);
  const first = mean(thirds.map(([a]) => a));
  const last = mean(thirds.map(([, , c]) => c));
  if (!deceleration.fallSlows) {
    const end = replicateMean(
      thirds.map(([, , c]) => c),
      leastSpread(steps, 3),
    );
    const upper = upperBound(end, alphaPass);
    return upper < margin || lowerBound(end, LIKELY_ALPHA) <= 0
      ? null
      : { code: 'MASKED', first, last, upper, overAfter: null };
  }
  const kept = mostKept(thirds, steps, alphaGuard);
  if (kept === null) return { code: 'MASKED', first, last, upper: Infinity, overAfter: null };
  const factor = kept / (1 - kept);
  const limit = replicateMean(
    thirds.map((slopes) => limitSlope(slopes, kept)),
    leastSpread(steps, 3, Math.sqrt((1 + factor) ** 2 + factor ** 2)),
  );
  const upper = upperBound(limit, alphaPass);
  if (upper < margin) return null;
  return { code: 'MASKED', first, last, upper, overAfter: overAfter(limit.mean - last, kept, margin, floor.requests) };
};

/**
 * How long it takes, in x units, until the memory given back becomes small: `given` in the last third, and `kept` of it
 * in each following third.
 */
function overAfter(given: number, kept: number, margin: number, requests: number): number {
  return given <= margin || kept === 0 ? 0 : (requests / 3) * (Math.log(margin / given) / Math.log(kept));
}
