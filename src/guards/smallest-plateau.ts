import type { GateRules } from './guard-rules.js';
import { at, mean, type Curve } from '../statistics/numbers.js';
import { lowerBound, replicateMean } from '../statistics/estimators/replicate-mean.js';
import { segmentSlopes } from '../statistics/estimators/segment-slopes.js';
import { leastSpread, type VarianceFloor } from '../statistics/estimators/variance-floor.js';

/**
 * Growth still to come after the window's end, on the smallest exponential plateau that these difference curves allow;
 * y units. The ratio of the halves' slopes is exp(−W/2τ). Its lower confidence bound (the largest ratio that the
 * halves surely exceed) gives the shortest τ. The slope at the window's end times that τ is what remains. Infinity if
 * the second half is surely no slower. Domain: two curves or more, 4 points or more each.
 */
export function smallestPlateau(curves: readonly Curve[], floor: VarianceFloor, rules: GateRules): number {
  const halves = curves.map((curve) => segmentSlopes(curve, 2));
  const exceeds = (ratio: number): boolean => {
    const contrast = halves.map((pair) => at(pair, 1) - ratio * at(pair, 0));
    return lowerBound(replicateMean(contrast, leastSpread(floor, 2, Math.sqrt(1 + ratio ** 2))), rules.alphaGuard) > 0;
  };
  if (exceeds(1)) return Infinity;
  if (!exceeds(0)) return 0;
  let low = 0;
  let high = 1;
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (exceeds(middle)) low = middle;
    else high = middle;
  }
  if (low === 0) return 0;
  const tau = floor.requests / (2 * Math.log(1 / low));
  const slopeAtEnd = mean(halves.map((pair) => at(pair, 1))) * Math.exp(-floor.requests / (4 * tau));
  return slopeAtEnd * tau;
}
