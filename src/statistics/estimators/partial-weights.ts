import { leastSquares } from './least-squares.js';
import { at, type Numbers } from '../numbers.js';

/** If less than this share (of its square) is a column's own, the other columns already contain it. */
const OWN_SHARE = 1e-6;

/**
 * Least squares of a series on several columns at once, as weights: the coefficient of column j is Σ weightsⱼ·y.
 * The weights depend on the columns alone. So one can tell what a step of y does to a coefficient before y is known.
 * Null if the other columns (nearly) span a column. By residuals: Frisch and Waugh, Econometrica 1 (1933); Lovell, J.
 * Am. Stat. Assoc. 58 (1963). Domain: columns of equal length.
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
