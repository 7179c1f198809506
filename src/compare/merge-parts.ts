import { interpolated, seriesError, type RecordedSeries } from '../series/index.js';

/** A copy must exist for this share of the recording. Otherwise the number of copies changed. */
const THROUGHOUT = 0.9;

/**
 * The copies of one service as one series: memory and counts added up at the times of the copy with most readings.
 * @throws SlopegateError SERIES_INVALID if copies come one after the other: a restart, an update or a change of scale
 */
export function mergeParts(service: string, parts: readonly RecordedSeries[], source: string): RecordedSeries {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return { ...first, service };
  const begin = Math.min(...parts.map(({ time }) => time[0] as number));
  const end = Math.max(...parts.map(({ time }) => time[time.length - 1] as number));
  const partly = parts.find(
    ({ time }) => (time[time.length - 1] as number) - (time[0] as number) < THROUGHOUT * (end - begin),
  );
  if (partly !== undefined)
    throw seriesError(
      `${parts.length} containers, pods or processes are "${service}", and ` +
        `"${partly.service ?? service}" has readings ` +
        `for only a part of the recording: it was restarted, replaced or scaled`,
      `${source}:1:1`,
      'keep only the rows of a time in which the same containers run; or choose one with --service NAME',
    );
  const base = parts.reduce((a, b) => (b.time.length > a.time.length ? b : a));
  const names = Object.keys(base.values).filter((name) => parts.every(({ values }) => values[name] !== undefined));
  const sum = (columns: readonly (readonly [RecordedSeries, ArrayLike<number>])[]): Float64Array => {
    const total = new Float64Array(base.time.length);
    for (const [part, column] of columns)
      for (const [row, value] of interpolated(part.time, column, base.time).entries())
        total[row] = (total[row] as number) + value;
    return total;
  };
  return {
    service,
    time: base.time,
    requests: sharedCount(parts) ? (base.requests ?? null) : sum(parts.map((part) => [part, part.requests ?? []])),
    values: Object.fromEntries(names.map((name) => [name, sum(parts.map((part) => [part, part.values[name] ?? []]))])),
  };
}

/** Whether all copies have the count of the whole service, or none has a count, instead of each its own count. */
function sharedCount(parts: readonly RecordedSeries[]): boolean {
  if (parts.some(({ requests }) => requests == null)) return true;
  const [first] = parts;
  return parts.every(
    ({ requests }) =>
      requests?.length === first?.requests?.length &&
      Array.from(requests ?? []).every((value, row) => Object.is(value, first?.requests?.[row])),
  );
}
