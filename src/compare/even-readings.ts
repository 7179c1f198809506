import type { Column, RecordedSeries } from '../series/index.js';
import { median } from '../statistics/numbers.js';
import { countedRequests } from './load-span.js';

/** Readings that are closer than this are several readings of one second. */
const DENSE_SECONDS = 0.75;
/** Rare events come one by one, or at most this many at once. */
const FEW_AT_ONCE = 20;
const LOOKED_AT = 10_000;

/**
 * Converts a series to the form that is judged: at most one reading per second, and if it counts rare events, the
 * lowest level at each count. In both cases a reading is the minimum of the readings that it replaces: bursts that are
 * freed within the second, or between two reloads, are not growth.
 */
export function evenReadings(series: RecordedSeries, rareEvents: boolean): RecordedSeries {
  const even = lowestPerSecond(series);
  return rareEvents ? lowestPerCount(even) : even;
}

/**
 * Whether it counts events that are rarer than readings (reloads, batches): then most counts stay the same for several
 * readings.
 */
export function countsRareEvents(series: RecordedSeries): boolean {
  const { counts, held, rises } = plateausOf(lowestPerSecond(series));
  return counts > 0 && held * 2 > counts && median(rises) <= FEW_AT_ONCE;
}

/**
 * Number of different counts between the first and the last, how many of them last for several readings, and by how
 * much they rise.
 */
function plateausOf(series: RecordedSeries): { counts: number; held: number; rises: number[] } {
  const requests = countedRequests(series) ?? [];
  const rises: number[] = [];
  let [counts, held, rows, level] = [-1, 0, 0, Number.NaN];
  for (let row = 0; row < requests.length; row += 1) {
    const value = requests[row] as number;
    if (!Number.isFinite(value)) continue;
    if (value === level) rows += 1;
    else {
      // The first count includes the idle time before the load, and the last count the idle time after it.
      if (counts > 0) {
        if (rows > 1) held += 1;
        if (rises.length < LOOKED_AT) rises.push(value - level);
      }
      counts += 1;
      [rows, level] = [1, value];
    }
  }
  return { counts: Math.max(0, counts - 1), held, rises };
}

/** Rows with the same count, without the first and the last count: those include idle time. */
function rowsByCount(series: RecordedSeries): number[][] {
  const requests = countedRequests(series);
  if (requests === null) return [];
  const groups = new Map<number, number[]>();
  for (const [row, value] of Array.from(requests).entries()) {
    if (!Number.isFinite(value)) continue;
    const rows = groups.get(value);
    if (rows === undefined) groups.set(value, [row]);
    else rows.push(row);
  }
  return [...groups.values()].slice(1, -1);
}

function lowestPerSecond(series: RecordedSeries): RecordedSeries {
  const { time } = series;
  const seconds = (time[time.length - 1] as number) - (time[0] as number);
  if (seconds / (time.length - 1) >= DENSE_SECONDS) return series;
  const start = time[0] as number;
  const groups: number[][] = [];
  let second = -1;
  for (let row = 0; row < time.length; row += 1) {
    const now = Math.floor((time[row] as number) - start + 1e-9);
    if (now !== second) groups.push([]);
    second = now;
    groups.at(-1)?.push(row);
  }
  const last = (column: Column): Float64Array =>
    Float64Array.from(groups, (rows) => column[rows.at(-1) as number] as number);
  return {
    ...series,
    time: last(time),
    requests: series.requests ? last(series.requests) : null,
    values: Object.fromEntries(
      Object.entries(series.values).map(([name, column]) => [
        name,
        Float64Array.from(groups, (rows) => lowest(column, rows)),
      ]),
    ),
  };
}

function lowestPerCount(series: RecordedSeries): RecordedSeries {
  const counts = rowsByCount(series);
  const values = Object.entries(series.values).map(([name, column]) => {
    const levels = Float64Array.from(column);
    for (const rows of counts) {
      const level = lowest(column, rows);
      for (const row of rows) levels[row] = level;
    }
    return [name, levels] as const;
  });
  return { ...series, values: Object.fromEntries(values) };
}

/** The lowest known value of these rows; NaN if none is known. */
function lowest(column: Column, rows: readonly number[]): number {
  const known = rows.map((row) => column[row] as number).filter(Number.isFinite);
  return known.length === 0 ? Number.NaN : Math.min(...known);
}
