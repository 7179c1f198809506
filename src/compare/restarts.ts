import type { Restart } from '../model/index.js';
import type { RecordedRun } from '../series/index.js';
import { suddenFalls } from '../verdict/index.js';

/** Falls that look like a restart. Memory that falls again and again belongs to a garbage collector or a cache. */
export function restartsIn({ source, services }: RecordedRun, metric: string): Restart[] {
  return services.flatMap(({ time, values }) => {
    const column = values[metric] ?? [];
    const rows = Array.from(column, (_, row) => row).filter((row) => Number.isFinite(column[row]));
    const read = (all: ArrayLike<number>): Float64Array => Float64Array.from(rows, (row) => all[row] as number);
    return suddenFalls({ time: read(time), y: read(column) }).map((fall) => ({ source, metric, ...fall }));
  });
}
