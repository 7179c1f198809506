import { nearest } from '../../words/nearest.js';
import { seriesError } from '../fault.js';
import type { ReadOptions } from './read-options.js';
import { countsRequests, ratesRequests, serviceRank, timeRank } from './roles.js';
import type { TableColumn } from './table-column.js';
import type { Table } from './table.js';

/** Which column holds what. */
export interface Layout {
  /** Null if the rows come at a stated interval. */
  readonly time: TableColumn | null;
  /** The day of each row if the time column has only the time of day. */
  readonly day: TableColumn | null;
  /** Null if requests were not counted. */
  readonly requests: TableColumn | null;
  /** Requests per second, if nothing else is known about requests. */
  readonly rate: TableColumn | null;
  /** Columns that name services. */
  readonly services: readonly TableColumn[];
  /** All others. */
  readonly others: readonly TableColumn[];
}

const isNumeric = ({ counts }: TableColumn): boolean => counts.number + counts.withUnit > 0 && counts.text === 0;
const isTime = ({ counts }: TableColumn): boolean => counts.instant > 0 && counts.text === 0;

/**
 * @throws SlopegateError SERIES_INVALID if a required column is missing, or several columns are possible
 * @throws SlopegateError SERIES_INVALID if a column that is needed is not there, or several could be meant
 */
export function layoutOf(table: Table, options: ReadOptions): Layout {
  const time = timeColumn(table, options);
  const day = time !== null && time.counts.ofDay > 0 ? dayColumn(table, time) : null;
  const requests = requestsColumn(table, options);
  const rate = requests === null ? rateColumn(table, options) : null;
  const services = serviceColumns(table, options, time);
  const taken = new Set([time, day, requests, rate, ...services]);
  return { time, day, requests, rate, services, others: table.columns.filter((column) => !taken.has(column)) };
}

/** The column that the user names, whatever the case of its letters. */
function columnNamed(table: Table, flag: string, name: string): TableColumn {
  const found =
    table.columns.find((column) => column.name === name) ??
    table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const meant = nearest(
    name,
    table.columns.map((column) => column.name),
  );
  throw seriesError(
    `there is no column "${name}", which ${flag} names`,
    headPlace(table),
    `${meant === null ? '' : `did you mean "${meant}"? `}Columns: ${table.firstCells()}`,
  );
}

export function headPlace(table: Table): string {
  const first = table.columns[0]?.heading;
  return `${table.file}:${first?.line ?? 1}:${first?.column ?? 1}`;
}

function timeColumn(table: Table, { timeColumn: named, intervalSeconds }: ReadOptions): TableColumn | null {
  if (named !== undefined) return refuseText(table, columnNamed(table, '--time-column', named));
  const byName = table.columns
    .filter(({ name }) => timeRank(name) !== null)
    .sort((a, b) => (timeRank(a.name) ?? 0) - (timeRank(b.name) ?? 0));
  const usable =
    byName.find((column) => isNumeric(column) || isTime(column)) ?? only(table.columns.filter(isTime)) ?? null;
  if (usable !== null) {
    if (intervalSeconds === undefined) return usable;
    throw seriesError(
      `the rows have times, in column "${usable.name}", and --interval is given too`,
      headPlace(table),
      'remove --interval, or name the right column with --time-column',
    );
  }
  if (intervalSeconds !== undefined) return null;
  if (byName[0] !== undefined) return refuseText(table, byName[0]);
  if (table.numbered) return numberedTime(table);
  const meant = table.columns.find(({ name }) => nearest(name, ['time_s', 'seconds', 'timestamp']) !== null);
  throw seriesError(
    'there is no column time_s, and no column with another name for time',
    headPlace(table),
    `${meant === undefined ? '' : `is it "${meant.name}"? `}name the column with --time-column, or the seconds ` +
      `between two rows with --interval 10s. Columns: ${table.firstCells()}`,
  );
}

/** Without names, only numbers of the size of epoch time can be times. */
function numberedTime(table: Table): TableColumn {
  const epochs = table.columns.filter((column) => isNumeric(column) && (column.numbers.at(0) ?? 0) >= 1e9);
  const column = only(epochs.filter(({ numbers }) => (numbers.at(numbers.length - 1) ?? 0) > (numbers.at(0) ?? 0)));
  if (column !== undefined && column === table.columns[0]) return column;
  throw seriesError(
    'there is no header line, and no column that can only be the time',
    headPlace(table),
    `add a header line with the column names, for example time_s,requests,anon_bytes; or name them by number: ` +
      `--time-column 1 --metric 3. Columns: ${table.firstCells()}`,
  );
}

function dayColumn(table: Table, time: TableColumn): TableColumn | null {
  const days = table.columns.filter((column) => column !== time && isTime(column) && column.counts.ofDay === 0);
  return only(days) ?? null;
}

function refuseText(table: Table, column: TableColumn): TableColumn {
  const { firstText } = column;
  if (firstText === null) return column;
  throw seriesError(
    `"${firstText.text}" in column ${column.name} is not a number or a time`,
    `${table.file}:${firstText.line}:${firstText.column}`,
    'expected a time: 12.5 (seconds), 1732700000000 (epoch), 2026-11-27 09:33:20 or 09:33:20; --time-column names ' +
      'another column',
  );
}

function requestsColumn(table: Table, { requestsColumn: named, rateColumn: rate }: ReadOptions): TableColumn | null {
  if (named?.toLowerCase() === 'none' || rate !== undefined) return null;
  if (named !== undefined) return numbersOnly(table, columnNamed(table, '--requests-column', named));
  const counters = table.columns.filter(
    (column) => countsRequests(column.name) && column.counts.number + column.counts.text > 0,
  );
  const numeric = counters.filter(isNumeric);
  const exact = counters.find(({ name }) => name.toLowerCase() === 'requests');
  if (exact !== undefined) return numbersOnly(table, exact);
  if (numeric.length > 1)
    throw seriesError(
      `${numeric.map(({ name }) => `"${name}"`).join(' and ')} could each be the count of requests`,
      headPlace(table),
      `choose one with --requests-column "${numeric[0]?.name}". Columns: ${table.firstCells()}`,
    );
  return numeric[0] ?? (counters[0]?.counts.number ? numbersOnly(table, counters[0]) : null);
}

function rateColumn(table: Table, { rateColumn: named, requestsColumn: counted }: ReadOptions): TableColumn | null {
  if (named !== undefined) return numbersOnly(table, columnNamed(table, '--rate-column', named));
  if (counted?.toLowerCase() === 'none') return null;
  return only(table.columns.filter((column) => ratesRequests(column.name) && isNumeric(column))) ?? null;
}

function numbersOnly(table: Table, column: TableColumn): TableColumn {
  const { firstText } = column;
  if (firstText === null) return column;
  throw seriesError(
    `"${firstText.text}" in column ${column.name} is not a number`,
    `${table.file}:${firstText.line}:${firstText.column}`,
    'a count of requests is a number without a unit; --requests-column names another column, or none',
  );
}

function serviceColumns(table: Table, { serviceColumn: named }: ReadOptions, time: TableColumn | null): TableColumn[] {
  if (named !== undefined) return [columnNamed(table, '--service-column', named)];
  return table.columns
    .filter((column) => column !== time && serviceRank(column.name) !== null && namesThings(column))
    .sort((a, b) => (serviceRank(a.name) ?? 0) - (serviceRank(b.name) ?? 0));
}

/** A column of texts or of process ids. Other numbers are counts or the ids of rows. */
function namesThings({ name, counts, tooManyTexts }: TableColumn): boolean {
  return (counts.text > 0 && !tooManyTexts) || (name.toLowerCase() === 'pid' && counts.number > 0);
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}
