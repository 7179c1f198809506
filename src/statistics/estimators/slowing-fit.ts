import { SLOWING_STARTS } from '../method.js';
import { at, type Curve, type Numbers } from '../numbers.js';
import { goldenSection } from './golden-section.js';
import { leastSquares } from './least-squares.js';
import { unitPositions } from './step-fit.js';

/** Growth that becomes slower and slower and has no plateau: a logarithm, or a square root (a power law). */
type SlowingShape = 'logarithm' | 'root';

/** A slowing curve: its shape, and how long before this window it began, in windows. */
export interface SlowingCurve {
  readonly shape: SlowingShape;
  readonly start: number;
}

/**
 * The growth that remains beside such a curve: the linear coefficient, y units per x unit, and the residual sum of
 * squares.
 */
export interface BesideSlowing {
  readonly slope: number;
  readonly residual: number;
}

const RISING: Readonly<Record<SlowingShape, (u: number, start: number) => number>> = {
  logarithm: (u, start) => Math.log1p(u / start),
  root: (u, start) => Math.sqrt(u + start) - Math.sqrt(start),
};
const rising = (u: Float64Array, { shape, start }: SlowingCurve): Float64Array =>
  u.map((value) => RISING[shape](value, start));
const fromFirst = (y: Numbers): Float64Array => Float64Array.from(y, (value) => value - at(y, 0));

/**
 * The fit of 1, x and ln(1 + u/s) or √(u + s) to a curve. u is the share of the window; s is the start. These are the
 * shapes that are hardest to distinguish from a line and from a fill. Domain: 4 points or more, x rising, start > 0.
 * Source: docs/method.md#step-6-guards
 * @example fitBesideSlowing({ x: [0, 1, 2, 3, 4], y: [0, 1, 2, 3, 4] }, { shape: 'root', start: 0.5 }).slope // 1
 */
export function fitBesideSlowing(bins: Curve, curve: SlowingCurve): BesideSlowing {
  const { u, width } = unitPositions(bins.x);
  const fit = leastSquares([new Float64Array(u.length).fill(1), u, rising(u, curve)], fromFirst(bins.y));
  return { slope: at(fit.coefficients, 1) / width, residual: fit.residual };
}

/** The curve without a straight part that fits best. Domain: as `fitBesideSlowing`. */
export function bestSlowingCurve(bins: Curve): SlowingCurve {
  const curves = (['logarithm', 'root'] as const).map((shape) => bestStart(bins, shape));
  return curves.reduce((best, one) => (one.residual < best.residual ? one : best));
}

function bestStart(bins: Curve, shape: SlowingShape): SlowingCurve & { readonly residual: number } {
  const { u } = unitPositions(bins.x);
  const y = fromFirst(bins.y);
  const one = new Float64Array(u.length).fill(1);
  const cost = (start: number): number => leastSquares([one, rising(u, { shape, start })], y).residual;
  const residuals = SLOWING_STARTS.map(cost);
  const index = residuals.indexOf(Math.min(...residuals));
  const neighbour = (step: number): number =>
    SLOWING_STARTS[Math.min(SLOWING_STARTS.length - 1, Math.max(0, index + step))] as number;
  const start = goldenSection(cost, neighbour(-1), neighbour(1));
  return { shape, start, residual: cost(start) };
}
