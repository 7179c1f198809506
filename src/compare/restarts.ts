import type { RecordedRun, RecordedSeries } from '../series/index.js';

/** Readings before and after a fall that are looked at. */
const READINGS = 5;
/** What falls to less than this share of itself, and stays there, was most likely begun anew. */
const SHARE = 0.5;
const LEAST_BYTES = 4 * 1024 ** 2;
const MOST = 2;

/** A sudden fall of memory to less than half, after which it stays low. */
export interface Restart {
  readonly source: string;
  /** Seconds since the recording began. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** Falls that look like a restart. What falls again and again is a collector or a cache at work, and is none. */
export function restartsIn({ source, services }: RecordedRun, metric: string): Restart[] {
  return services.flatMap((series) => {
    const falls = sudden(series, metric);
    return falls.length > MOST ? [] : falls.map((fall) => ({ source, ...fall }));
  });
}

/** A restart in words. */
export function spokenRestart({ source, at, from, to }: Restart, metric: string): string {
  return (
    `${source}: ${metric} falls from ${mib(from)} to ${mib(to)} MiB at ${Math.round(at)} s and stays low, as ` +
    `after a restart`
  );
}

function mib(bytes: number): number {
  return Math.round(bytes / 1024 ** 2);
}

function sudden({ time, values }: RecordedSeries, metric: string): { at: number; from: number; to: number }[] {
  const column = values[metric] ?? [];
  const rows: number[] = [];
  for (let row = 0; row < column.length; row += 1) if (Number.isFinite(column[row])) rows.push(row);
  const level = (n: number): number => column[rows[n] as number] as number;
  const falls = [];
  for (let n = READINGS; n + READINGS <= rows.length; n += 1) {
    if (level(n) >= SHARE * level(n - 1)) continue;
    let [before, after] = [Number.POSITIVE_INFINITY, 0];
    for (let k = 1; k <= READINGS; k += 1) {
      before = Math.min(before, level(n - k));
      after = Math.max(after, level(n + k - 1));
    }
    if (after < SHARE * before && before - after > LEAST_BYTES)
      falls.push({ at: time[rows[n] as number] as number, from: before, to: after });
  }
  return falls;
}
