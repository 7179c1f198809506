import type { SeriesNote } from '../model/index.js';
import { COUNTS, seriesError, type RecordedRun, type RecordedSeries } from '../series/index.js';

/** No process needs more: 1 PiB. */
const MOST_BYTES = 2 ** 50;
/** No process has more descriptors, threads or sockets. */
const MOST_COUNTED = 1e8;
/** If more than this share of a recording is impossible, it is not evidence (docs/method.md: a fifth). */
const FEW = 0.2;
/** If this many readings at the end are impossible, the process was gone. */
const GONE = 3;

export interface Cleaned {
  readonly run: RecordedRun;
  readonly warnings: readonly SeriesNote[];
}

/**
 * Treats readings that no running process can have as missing, and says so: memory of 0 or below, as a failed reading
 * leaves it, and counts beyond any limit.
 * @throws SlopegateError SERIES_INVALID if there are too many, or if the process was gone at the end
 */
export function withoutImplausible(run: RecordedRun, metric: string): Cleaned {
  const warnings: SeriesNote[] = [];
  const services = run.services.map((series) => {
    const values: Record<string, ArrayLike<number>> = {};
    for (const [name, column] of Object.entries(series.values)) {
      if (name !== metric && !COUNTS.has(name)) values[name] = column;
      else {
        const cleaned = clean(series, name, column, run.source, warnings);
        if (cleaned !== null) values[name] = cleaned;
      }
    }
    return { ...series, values };
  });
  return { run: { ...run, services }, warnings };
}

function clean(
  series: RecordedSeries,
  name: string,
  column: ArrayLike<number>,
  source: string,
  warnings: SeriesNote[],
): ArrayLike<number> | null {
  const counted = COUNTS.has(name);
  const cannotBe = (value: number): boolean =>
    counted
      ? value < 0 || value > MOST_COUNTED || (value === 0 && name !== 'sockets')
      : value <= 0 || value > MOST_BYTES;
  const bad: number[] = [];
  let lived = false;
  for (let row = 0; row < column.length; row += 1) {
    const value = column[row] as number;
    if (Number.isNaN(value)) continue;
    if (!cannotBe(value)) lived = true;
    // Before the first reading of a counted process, 0 means that it did not exist yet.
    else if (lived || !counted || value !== 0) bad.push(row);
  }
  if (!lived) {
    if (!counted) throw refusal(series, name, column, source, bad, 'no reading is possible for a running process');
    warnings.push({ code: 'never-measured', facts: { source, metric: name } });
    return null;
  }
  if (bad.length === 0 && !(counted && column[0] === 0)) return column;
  const last = column.length - 1;
  if (bad.length >= GONE && bad.slice(-GONE).every((row, n) => row === last - GONE + 1 + n))
    throw refusal(series, name, column, source, bad, 'it stays so until the end, so the process had ended');
  if (bad.length > FEW * column.length)
    throw refusal(series, name, column, source, bad, `${bad.length} of ${column.length} readings are like this`);
  const [first] = bad;
  if (first !== undefined)
    warnings.push({
      code: 'readings-impossible',
      facts: {
        source,
        metric: name,
        service: series.service ?? null,
        readings: bad.length,
        first: { value: column[first] as number, at: series.time[first] as number },
      },
    });
  return Float64Array.from(column, (value) => (cannotBe(value) ? Number.NaN : value));
}

function of({ service }: RecordedSeries): string {
  return service === undefined ? '' : ` of ${service}`;
}

function refusal(
  series: RecordedSeries,
  name: string,
  column: ArrayLike<number>,
  source: string,
  [first = 0]: readonly number[],
  why: string,
): Error {
  return seriesError(
    `${name}${of(series)} is ${column[first]} at ${series.time[first]} s, ` +
      `which is impossible for a running process; ${why}`,
    `${source}:1:1`,
    COUNTS.has(name)
      ? `remove the column, or leave cells without a reading empty`
      : 'did the container end, or the recording tool fail? Keep the rows of one process only, and leave cells ' +
          'without a reading empty',
  );
}
