import { at, requirePoints, type Numbers } from '../numbers.js';

/** A fitted straight line. `slope` and `slopeError` are in y units per x unit. */
export interface Line {
  readonly slope: number;
  /** Height of the line at the mean of x, and that mean. This form of the intercept is numerically stable. */
  readonly centre: { readonly x: number; readonly y: number };
  /**
   * Textbook standard error of the slope, assuming independent residuals. For reporting and reference only: on
   * memory series it is far too small, and no verdict uses it.
   */
  readonly slopeError: number;
}

/**
 * Ordinary least squares of y on x: slope = Σ(x−x̄)(y−ȳ) / Σ(x−x̄)². y[0] is subtracted first, so that a
 * flat series of 30 MB has a slope of exactly 0 and no rounding noise. Domain: at least two points, x not all equal,
 * everything finite.
 * @throws RangeError outside it. Linear time.
 */
export function fitLine(x: Numbers, y: Numbers): Line {
  requirePoints(x, y, 2);
  const n = x.length;
  const x0 = at(x, 0);
  const y0 = at(y, 0);
  let sumX = 0;
  let sumY = 0;
  for (let i = 0; i < n; i += 1) {
    sumX += at(x, i) - x0;
    sumY += at(y, i) - y0;
  }
  const meanX = sumX / n;
  const meanY = sumY / n;
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  for (let i = 0; i < n; i += 1) {
    const dx = at(x, i) - x0 - meanX;
    const dy = at(y, i) - y0 - meanY;
    sxx += dx * dx;
    sxy += dx * dy;
    syy += dy * dy;
  }
  const slope = sxy / sxx;
  if (!Number.isFinite(slope)) throw new RangeError('no slope: x does not vary, or a value is not finite');
  const residual = Math.max(0, syy - slope * sxy);
  const slopeError = n > 2 ? Math.sqrt(residual / (n - 2) / sxx) : 0;
  return { slope, centre: { x: x0 + meanX, y: y0 + meanY }, slopeError };
}

/** Slope of `fitLine` alone. @throws RangeError as fitLine does */
export function olsSlope(x: Numbers, y: Numbers): number {
  return fitLine(x, y).slope;
}
