import type { Curve, Numbers } from '../numbers.js';
import { olsSlope } from './ols.js';

/** Values `from` up to, not including, `to`; a view if that is possible. */
export function slice(values: Numbers, from: number, to: number): Numbers {
  return values instanceof Float64Array || values instanceof Float32Array
    ? values.subarray(from, to)
    : Array.prototype.slice.call(values, from, to);
}

/**
 * OLS slopes of `parts` consecutive stretches with as nearly the same number of points as possible (2: halves, 3:
 * thirds, 4: quarters), y units per x unit. Domain: at least two points with different x in every stretch.
 * @throws RangeError outside it. Linear time.
 */
export function segmentSlopes(curve: Curve, parts: number): number[] {
  const n = curve.x.length;
  return Array.from({ length: parts }, (_, part) => {
    const from = Math.floor((part * n) / parts);
    const to = Math.floor(((part + 1) * n) / parts);
    return olsSlope(slice(curve.x, from, to), slice(curve.y, from, to));
  });
}
