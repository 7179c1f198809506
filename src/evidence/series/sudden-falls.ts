import type { ArmSeries } from '../../statistics/estimators/pair-measure.js';

/** Readings before and after a fall that are looked at. */
const READINGS = 5;
/** What falls to less than this share of itself, and stays there, was most likely begun anew. */
const SHARE = 0.5;
const LEAST_BYTES = 4 * 1024 ** 2;
/** What falls more often is a collector or a cache at work. */
const MOST = 2;

/** A sudden fall of memory to less than half, after which it stays low. */
interface SuddenFall {
  /** Seconds since the trial, or the recording, began. */
  readonly at: number;
  /** Bytes. */
  readonly from: number;
  readonly to: number;
}

/** Falls of memory that look like a process that was replaced; none where memory falls again and again. */
export function suddenFalls({ time, y }: Pick<ArmSeries, 'time' | 'y'>): SuddenFall[] {
  const falls: SuddenFall[] = [];
  for (let n = READINGS; n + READINGS <= y.length; n += 1) {
    if ((y[n] as number) >= SHARE * (y[n - 1] as number)) continue;
    let [before, after] = [Number.POSITIVE_INFINITY, 0];
    for (let k = 1; k <= READINGS; k += 1) {
      before = Math.min(before, y[n - k] as number);
      after = Math.max(after, y[n + k - 1] as number);
    }
    if (after < SHARE * before && before - after > LEAST_BYTES)
      falls.push({ at: time[n] as number, from: before, to: after });
  }
  return falls.length > MOST ? [] : falls;
}
