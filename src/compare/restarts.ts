import type { RecordedRun } from '../series/index.js';
import { suddenFalls, type SuddenFall } from '../verdict/index.js';

/** A sudden fall of memory to less than half, after which it stays low. */
export interface Restart extends SuddenFall {
  readonly source: string;
}

/** Falls that look like a restart. What falls again and again is a collector or a cache at work, and is none. */
export function restartsIn({ source, services }: RecordedRun, metric: string): Restart[] {
  return services.flatMap(({ time, values }) => {
    const column = values[metric] ?? [];
    const rows = Array.from(column, (_, row) => row).filter((row) => Number.isFinite(column[row]));
    const read = (all: ArrayLike<number>): Float64Array => Float64Array.from(rows, (row) => all[row] as number);
    return suddenFalls({ time: read(time), y: read(column) }).map((fall) => ({ source, ...fall }));
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
