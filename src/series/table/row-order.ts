/** If more than this share of the steps go backwards, the rows are not in the order of their times. */
const SHUFFLED = 0.05;
/** A row that comes late by at most this many usual steps is moved to its place. */
const SLIGHTLY_LATE = 3;

export interface RowOrder {
  /** Rows in the order of their times. */
  readonly rows: Uint32Array;
  /** What was done, in words; null if the rows came in order. */
  readonly remark: string | null;
}

/**
 * Rows in the order of their times. Descending or shuffled rows are sorted. A single jump back stays as it is: it means
 * two recordings in one file, or a clock that was set back, and sorting does not repair that.
 */
export function orderRows(seconds: Float64Array, rows: Uint32Array): RowOrder {
  let back = 0;
  let farthest = 0;
  const steps: number[] = [];
  for (let n = 1; n < rows.length; n += 1) {
    const step = (seconds[rows[n] as number] as number) - (seconds[rows[n - 1] as number] as number);
    if (step < 0) {
      back += 1;
      farthest = Math.max(farthest, -step);
    } else if (step > 0 && steps.length < 1_000) steps.push(step);
  }
  if (back === 0) return { rows, remark: null };
  const sorted = (): Uint32Array =>
    rows.slice().sort((a, b) => (seconds[a] as number) - (seconds[b] as number) || a - b);
  if (back > SHUFFLED * rows.length && back >= 3)
    return { rows: sorted(), remark: steps.length === 0 ? 'the latest rows came first' : 'rows were sorted by time' };
  const usual = steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0;
  return farthest <= SLIGHTLY_LATE * usual
    ? { rows: sorted(), remark: `${back} rows were late and were sorted by time` }
    : { rows, remark: null };
}
