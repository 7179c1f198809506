import { at, type Numbers } from '../numbers.js';

export interface LeastSquaresFit {
  /** One coefficient per column; 0 for a column that the earlier ones already span. */
  readonly coefficients: readonly number[];
  /** Residual sum of squares, y units squared. */
  readonly residual: number;
}

/**
 * Linear least squares of y on a few columns, by modified Gram–Schmidt (QR). Meant for binned curves of some dozen
 * points.
 * Domain: columns as long as y. Source: Björck, BIT 7 (1967).
 */
export function leastSquares(columns: readonly Numbers[], y: Numbers): LeastSquaresFit {
  const basis = columns.map((column) => Float64Array.from(column));
  const rest = Float64Array.from(y);
  const upper: number[][] = columns.map(() => columns.map(() => 0));
  const projected: number[] = [];
  for (const [j, column] of basis.entries()) {
    const before = Math.sqrt(dot(columns[j] as Numbers, columns[j] as Numbers));
    const norm = Math.sqrt(dot(column, column));
    const usable = norm > 1e-10 * before;
    (upper[j] as number[])[j] = usable ? norm : 0;
    for (let i = 0; i < column.length; i += 1) column[i] = usable ? at(column, i) / norm : 0;
    for (let k = j + 1; k < basis.length; k += 1)
      (upper[j] as number[])[k] = removeFrom(basis[k] as Float64Array, column);
    projected.push(removeFrom(rest, column));
  }
  return { coefficients: backSubstitute(upper, projected), residual: dot(rest, rest) };
}

function dot(a: Numbers, b: Numbers): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += at(a, i) * at(b, i);
  return sum;
}

/** Subtracts the component along the unit vector from `vector`; returns its size. */
function removeFrom(vector: Float64Array, unit: Float64Array): number {
  const amount = dot(vector, unit);
  for (let i = 0; i < vector.length; i += 1) vector[i] = at(vector, i) - amount * at(unit, i);
  return amount;
}

function backSubstitute(upper: readonly number[][], projected: readonly number[]): number[] {
  const coefficients = projected.map(() => 0);
  for (let j = projected.length - 1; j >= 0; j -= 1) {
    const row = upper[j] as number[];
    let value = at(projected, j);
    for (let k = j + 1; k < projected.length; k += 1) value -= at(row, k) * at(coefficients, k);
    const pivot = at(row, j);
    coefficients[j] = pivot === 0 ? 0 : value / pivot;
  }
  return coefficients;
}
