import { leastSquares } from './least-squares.js';
import { at, type Numbers } from '../numbers.js';

/** A column of which less than this share (of its square) is its own is one that the others tell already. */
const OWN_SHARE = 1e-6;

/**
 * Least squares of a series on several columns at once, as weights: the coefficient of column j is Σ weightsⱼ·y. They
 * depend on the columns
 * alone, so that what a step of y does to a coefficient is known before y is. Null if a column is (nearly) spanned
 * by the others.
 * By residuals: Frisch and Waugh, Econometrica 1 (1933); Lovell, J. Am. Stat. Assoc. 58 (1963). Domain: columns of
 * equal length.
 */
export function partialWeights(columns: readonly Numbers[]): Float64Array[] | null {
  const weights = columns.map((column, j) => {
    const others = columns.filter((_, k) => k !== j);
    const { coefficients } = leastSquares(others, column);
    const own = Float64Array.from(column, (value, i) =>
      others.reduce((rest, other, k) => rest - (coefficients[k] as number) * at(other, i), value),
    );
    const square = squareOf(own);
    return square > OWN_SHARE * squareOf(column) ? own.map((value) => value / square) : null;
  });
  return weights.includes(null) ? null : weights.filter((one) => one !== null);
}

const squareOf = (values: Numbers): number => Array.from(values).reduce((sum, value) => sum + value * value, 0);
