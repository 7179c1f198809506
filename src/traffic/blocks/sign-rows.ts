export type Sign = 1 | -1;

/** Primes of the form 4k − 1. Each gives a Hadamard matrix that is one larger. */
const PRIMES = [3, 7, 11] as const;
/** Columns of the largest matrix. */
export const MOST_COLUMNS = 12;

/**
 * Rows of signs, one sign for each of `columns` things that vary. Over all rows, any two of them differ equally often.
 * The rows are those of a Hadamard matrix of 4, 8 or 12 (Paley 1933; the designs of Plackett and Burman, Biometrika 33,
 * 1946) without its constant row, cut to this many columns. Rows in which nothing differs after that are left out.
 * Domain: 2 to 12 columns.
 */
export function signRows(columns: number): Sign[][] {
  const prime = PRIMES.find((candidate) => candidate + 1 >= columns) ?? PRIMES[2];
  const squares = new Set(Array.from({ length: prime }, (_, i) => (i * i) % prime));
  const sign = (row: number, column: number): Sign =>
    column === 0 || !squares.has((row - column + 1 + prime) % prime) ? 1 : -1;
  const rows = Array.from({ length: prime }, (_, row) =>
    Array.from({ length: columns }, (__, column) => sign(row, column)),
  );
  return rows.filter((row) => row.some((one) => one !== row[0]));
}
