import { leastSquares } from './least-squares.js';
import { at, type Curve, type Numbers } from '../numbers.js';

export interface BrokenFit {
  /** Slope of the straight part, y units per x unit. */
  readonly slope: number;
  /** Size of the break: height of the step, or change of slope at the hinge. */
  readonly change: number;
  /** Index of the point at which the break lies. */
  readonly index: number;
  readonly residual: number;
}

/** x shifted and scaled to 0…1, so that the columns of a fit have similar sizes. */
export function unitPositions(x: Numbers): { readonly u: Float64Array; readonly width: number } {
  const width = at(x, x.length - 1) - at(x, 0);
  if (!(width > 0)) throw new RangeError('x does not rise');
  return { u: Float64Array.from(x, (value) => (value - at(x, 0)) / width), width };
}

const ones = (n: number): Float64Array => new Float64Array(n).fill(1);

function best(fits: readonly BrokenFit[]): BrokenFit {
  return fits.reduce((least, fit) => (fit.residual < least.residual ? fit : least));
}

/**
 * The best line with one step: columns 1, x, [k' > k] and a pulse [k' = k], because the step is somewhere inside its
 * bin. k runs over 2…n−3. Domain: at least 6 binned points, x rising.
 * @throws RangeError outside it.
 */
export function fitStep(bins: Curve): BrokenFit {
  const n = bins.x.length;
  if (n < 6) throw new RangeError(`a step fit needs at least 6 bins, got ${n}`);
  const { u, width } = unitPositions(bins.x);
  const y = Float64Array.from(bins.y, (value) => value - at(bins.y, 0));
  const fits = Array.from({ length: n - 4 }, (_, offset) => {
    const k = offset + 2;
    const step = Float64Array.from(u, (_, i) => (i > k ? 1 : 0));
    const pulse = Float64Array.from(u, (_, i) => (i === k ? 1 : 0));
    const fit = leastSquares([ones(n), u, step, pulse], y);
    return {
      slope: at(fit.coefficients, 1) / width,
      change: at(fit.coefficients, 2),
      index: k,
      residual: fit.residual,
    };
  });
  return best(fits);
}

/** A line with two steps. `change` is the height of both together, `index` is the place of the first. */
export interface TwoSteps extends BrokenFit {
  readonly heights: readonly [number, number];
}

/**
 * How often one step is placed again while the other stays. If the steps are a few bins apart, they no longer move
 * after that.
 */
const SWEEPS = 3;

/**
 * The best line with two steps, found one step at a time: the better place for each while the other stays, three times.
 * The columns are those of `fitStep`, twice. Domain: at least 12 binned points, x rising. With fewer there is no space
 * for a second step, and the fit has one.
 * @throws RangeError as `fitStep`
 */
export function fitTwoSteps(bins: Curve): TwoSteps {
  const n = bins.x.length;
  const { u, width } = unitPositions(bins.x);
  const y = Float64Array.from(bins.y, (value) => value - at(bins.y, 0));
  const stepAt = (k: number): Float64Array[] => [
    Float64Array.from(u, (_, i) => (i > k ? 1 : 0)),
    Float64Array.from(u, (_, i) => (i === k ? 1 : 0)),
  ];
  const fitAt = (a: number, b: number): TwoSteps => {
    const fit = leastSquares([ones(n), u, ...stepAt(Math.min(a, b)), ...stepAt(Math.max(a, b))], y);
    const heights = [at(fit.coefficients, 2), at(fit.coefficients, 4)] as const;
    return {
      slope: at(fit.coefficients, 1) / width,
      change: heights[0] + heights[1],
      heights,
      index: Math.min(a, b),
      residual: fit.residual,
    };
  };
  const beside = (k: number): { readonly index: number; readonly fit: TwoSteps } => {
    const places = Array.from({ length: n - 4 }, (_, offset) => offset + 2).filter((other) => Math.abs(other - k) > 1);
    return places
      .map((index) => ({ index, fit: fitAt(k, index) }))
      .reduce((least, one) => (one.fit.residual < least.fit.residual ? one : least));
  };
  let found = beside(fitStep(bins).index);
  for (let sweep = 1; sweep < SWEEPS; sweep += 1) found = beside(found.index);
  return found.fit;
}

/**
 * The best line with one hinge: columns 1, x, max(x − x_k, 0), k over the middle three quarters. It is the
 * alternative to a step: a leak that begins late bends and does not jump. Domain as `fitStep`.
 */
export function fitHinge(bins: Curve): BrokenFit {
  const n = bins.x.length;
  if (n < 6) throw new RangeError(`a hinge fit needs at least 6 bins, got ${n}`);
  const { u, width } = unitPositions(bins.x);
  const y = Float64Array.from(bins.y, (value) => value - at(bins.y, 0));
  const first = Math.ceil(n / 8);
  const fits = Array.from({ length: Math.floor((7 * n) / 8) - first }, (_, offset) => {
    const hinge = at(u, first + offset);
    const fit = leastSquares([ones(n), u, Float64Array.from(u, (value) => Math.max(value - hinge, 0))], y);
    return {
      slope: at(fit.coefficients, 1) / width,
      change: at(fit.coefficients, 2) / width,
      index: first + offset,
      residual: fit.residual,
    };
  });
  return best(fits);
}
