import { LOG_STARTS } from '../method.js';
import { at, type Curve, type Numbers } from '../numbers.js';
import { goldenSection } from './golden-section.js';
import { leastSquares } from './least-squares.js';
import { unitPositions } from './step-fit.js';

/**
 * The growth that remains beside a logarithm: the linear coefficient, y units per x unit, and the residual sum of
 * squares.
 */
export interface BesideLog {
  readonly slope: number;
  readonly residual: number;
}

const rising = (u: Float64Array, start: number): Float64Array => u.map((value) => Math.log1p(value / start));
const fromFirst = (y: Numbers): Float64Array => Float64Array.from(y, (value) => value - at(y, 0));

/**
 * The fit of 1, x, ln(1 + u/s) to a curve. u is the share of the window; s is how long before the window the logarithm
 * began, in windows. A logarithm grows more and more slowly and has no plateau. It is the shape that is hardest to
 * distinguish from a line and from a fill. Domain: 4 points or more, x rising, start > 0. Source:
 * docs/method.md#step-6-guards
 * @example fitBesideLog({ x: [0, 1, 2, 3, 4], y: [0, 1, 2, 3, 4] }, 0.5).slope // 1
 */
export function fitBesideLog(bins: Curve, start: number): BesideLog {
  const { u, width } = unitPositions(bins.x);
  const fit = leastSquares([new Float64Array(u.length).fill(1), u, rising(u, start)], fromFirst(bins.y));
  return { slope: at(fit.coefficients, 1) / width, residual: fit.residual };
}

/** How long before this window a logarithm without a straight part began if it fits the curve best, in windows. */
export function bestLogStart(bins: Curve): number {
  const { u } = unitPositions(bins.x);
  const y = fromFirst(bins.y);
  const one = new Float64Array(u.length).fill(1);
  const cost = (start: number): number => leastSquares([one, rising(u, start)], y).residual;
  const residuals = LOG_STARTS.map(cost);
  const index = residuals.indexOf(Math.min(...residuals));
  const neighbour = (step: number): number =>
    LOG_STARTS[Math.min(LOG_STARTS.length - 1, Math.max(0, index + step))] as number;
  return goldenSection(cost, neighbour(-1), neighbour(1));
}
