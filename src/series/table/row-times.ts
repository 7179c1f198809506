import { median } from '../../statistics/numbers.js';
import { seriesError } from '../fault.js';
import { headPlace, type Layout } from './layout.js';
import type { ReadOptions } from './read-options.js';
import { secondsOfName, secondsOfUnit } from './roles.js';
import type { TableColumn } from './table-column.js';
import type { Table } from './table.js';

/** Seconds since 1970 are about 1.7e9. A larger number counts smaller units. */
const BY_SIZE: readonly (readonly [atLeast: number, seconds: number, unit: string])[] = [
  [1e17, 1e-9, 'nanoseconds'],
  [1e14, 1e-6, 'microseconds'],
  [1e11, 1e-3, 'milliseconds'],
];
/** If readings are this far apart in a column without a unit, it may count milliseconds. */
const RATHER_MILLISECONDS = 250;
const DAY = 86_400;

export interface RowTimes {
  readonly seconds: Float64Array;
  /** How the column was read, in words. */
  readonly reading: string;
}

/** The time of each row in seconds. @throws SlopegateError SERIES_INVALID if its unit cannot be known */
export function rowTimes(table: Table, { time, day }: Layout, options: ReadOptions): RowTimes {
  if (time === null) return { seconds: new Float64Array(0), reading: '' };
  const { counts } = time;
  if (counts.instant > 0 && counts.number > 0) return refuseMixed(table, time);
  if (counts.instant > 0) return instants(time, day);
  const stated = options.timeUnit === undefined ? null : secondsOfUnit(options.timeUnit);
  const values = time.numbers.values();
  let largest = 0;
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value);
  const size = BY_SIZE.find(([atLeast]) => largest >= atLeast);
  if (stated !== null) return scaled(values, stated, `${options.timeUnit}, as stated`);
  if (size !== undefined) return scaled(values, size[1], `${size[2]} since 1970, by their size`);
  const named = secondsOfName(time.name);
  if (named !== null) return scaled(values, named, named === 1 ? 'seconds' : 'the unit in its name');
  if (largest < 1e9 && medianStep(values) >= RATHER_MILLISECONDS)
    throw seriesError(
      `column ${time.name} rises by ${medianStep(values)} a row, and its name states no unit: seconds or milliseconds?`,
      headPlace(table),
      `use --time-unit s or --time-unit ms. Columns: ${table.firstCells()}`,
    );
  return scaled(values, 1, 'seconds');
}

function scaled(values: Float64Array, factor: number, reading: string): RowTimes {
  return { seconds: factor === 1 ? values : values.map((value) => value * factor), reading };
}

function instants(time: TableColumn, day: TableColumn | null): RowTimes {
  const values = time.numbers.values();
  if (time.counts.ofDay === 0) return { seconds: values, reading: 'dates with times' };
  if (day !== null) {
    const days = day.numbers.values();
    return {
      seconds: values.map((value, row) => value + (days[row] ?? 0)),
      reading: `time of day, with the day in ${day.name}`,
    };
  }
  let days = 0;
  let before = Number.NaN;
  const seconds = values.map((value) => {
    if (value < before - DAY / 2) days += 1;
    if (Number.isFinite(value)) before = value;
    return value + days * DAY;
  });
  return { seconds, reading: days > 0 ? 'times of day, past midnight' : 'times of day' };
}

function medianStep(values: Float64Array): number {
  const steps: number[] = [];
  for (let row = 1; row < Math.min(values.length, 2_000); row += 1) {
    const step = (values[row] as number) - (values[row - 1] as number);
    if (step > 0) steps.push(step);
  }
  return steps.length === 0 ? 0 : median(steps);
}

function refuseMixed(table: Table, column: TableColumn): never {
  const bare = column.firstBare;
  throw seriesError(
    `column ${column.name} has times like ${column.firstCells[0]} and plain numbers like ${bare?.text}`,
    `${table.file}:${bare?.line ?? 1}:${bare?.column ?? 1}`,
    'write all times in one way, or name another column with --time-column',
  );
}
