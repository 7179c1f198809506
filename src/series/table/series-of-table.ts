import { faultOf, seriesError } from '../fault.js';
import { interpolated } from '../interpolate.js';
import { nameParts } from '../name-parts.js';
import type { RecordedRun, RecordedSeries, UnderstoodColumn } from '../recorded-series.js';
import { looksInterleaved } from './interleaved.js';
import { headPlace, layoutOf, type Layout } from './layout.js';
import { metricColumns, type MetricColumn } from './metric-columns.js';
import { memoryRank } from './names.js';
import type { ReadOptions } from './read-options.js';
import { orderRows } from './row-order.js';
import { rowTimes } from './row-times.js';
import { splitRows, type Part } from './split-rows.js';
import type { TableColumn } from './table-column.js';
import type { Table } from './table.js';

/**
 * Makes series from a table: finds the time, the requests and the services, gives every column its name and unit, and
 * sorts the rows.
 * @throws SlopegateError SERIES_INVALID, with the place, for what the file does not say and the user must state
 */
export function seriesOfTable(table: Table, options: ReadOptions): RecordedRun {
  if (table.columns.length === 0 || table.rows === 0)
    throw seriesError(
      table.columns.length === 0 ? 'no readings are found in this file' : 'there are no rows below the header line',
      `${table.file}:1:1`,
      'expected a header line time_s,requests,anon_bytes and one row a second',
    );
  const layout = layoutOf(table, options);
  const metrics = metricColumns(table, layout.others, options);
  const times = rowTimes(table, layout, options);
  const parts = splitRows(table, layout.services);
  const remarks: string[] = [];
  const services = parts.map((part) => {
    const { rows, remark } =
      layout.time === null ? { rows: part.rows, remark: null } : orderRows(times.seconds, part.rows);
    if (remark !== null && !remarks.includes(remark)) remarks.push(remark);
    return toSeries(table, { ...part, rows }, layout, metrics, times.seconds, options);
  });
  const columns: UnderstoodColumn[] = [
    ...(layout.time === null ? [] : [{ role: 'time' as const, name: layout.time.name, reading: times.reading }]),
    ...understoodRequests(layout),
    ...(parts.length > 1
      ? layout.services
          .filter(({ name }) => parts[0]?.labels[name] !== undefined)
          .map(({ name }) => ({ role: 'service' as const, name, reading: 'one series for each' }))
      : []),
    ...metrics.flatMap(({ understood }) => understood ?? []),
  ];
  if (layout.time === null) remarks.push(`one row every ${options.intervalSeconds} s, as stated`);
  return {
    source: table.file,
    services: nameParts(shareRequests(services), null),
    understood: { kind: table.kind, rows: table.rows, columns, remarks },
  };
}

function understoodRequests({ requests, rate }: Layout): UnderstoodColumn[] {
  if (requests !== null) return [{ role: 'requests', name: requests.name, reading: 'requests answered so far' }];
  return rate === null
    ? []
    : [{ role: 'requests', name: rate.name, reading: 'requests per second, added up over time' }];
}

function toSeries(
  table: Table,
  { labels, rows }: Part,
  { time, requests, rate }: Layout,
  metrics: readonly MetricColumn[],
  seconds: Float64Array,
  { intervalSeconds = 1 }: ReadOptions,
): RecordedSeries {
  const inOrder = inFileOrder(rows, table.rows);
  const pick = (column: TableColumn, factor = 1): Float64Array => {
    const all = column.numbers.values();
    if (inOrder && factor === 1) return all;
    return Float64Array.from(rows, (row) => (all[row] as number) * factor);
  };
  const at =
    time === null
      ? Float64Array.from(rows, (_, n) => n * intervalSeconds)
      : inOrder
        ? seconds
        : Float64Array.from(rows, (row) => seconds[row] as number);
  const counted = requests !== null ? pick(requests) : rate !== null ? addedUp(at, pick(rate)) : null;
  const values = Object.fromEntries(metrics.map(({ column, metric, factor }) => [metric, pick(column, factor)]));
  const series: RecordedSeries = {
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    time: at,
    requests: counted,
    values,
  };
  const fault = faultOf(series);
  if (fault !== null) {
    const row = rows[Math.max(0, fault.row)] ?? 0;
    const column = fault.column === 'requests' ? (requests ?? rate ?? time) : time;
    throw seriesError(
      fault.message,
      column === null ? `${table.file}:${table.lines.at(row)}:1` : table.placeOf(row, column),
      fault.hint,
    );
  }
  const memory = metrics.find(({ column }) => memoryRank(column.name) !== null);
  if (time !== null && memory !== undefined && looksInterleaved(at, values[memory.metric] ?? []))
    throw seriesError(
      `several rows have the same time, but very different ${memory.column.name}: these are several services`,
      headPlace(table),
      `name the column of the services with --service-column. Columns: ${table.firstCells()}`,
    );
  return series;
}

function inFileOrder(rows: Uint32Array, count: number): boolean {
  return rows.length === count && rows.every((row, n) => row === n);
}

/** Requests so far, computed from requests per second. Each reading holds until the next one. */
function addedUp(time: Float64Array, rate: Float64Array): Float64Array {
  let sum = 0;
  return time.map((at, row) => {
    const before = time[row - 1];
    const held = rate[row - 1] ?? 0;
    if (before !== undefined && Number.isFinite(held)) sum += Math.max(0, held) * (at - before);
    return sum;
  });
}

/** If only some services of a file counted requests, their count is used for all. */
function shareRequests(services: readonly RecordedSeries[]): RecordedSeries[] {
  const isKnown = ({ requests }: RecordedSeries): boolean =>
    requests != null && Array.from(requests).some(Number.isFinite);
  const counted = services.filter(isKnown);
  const [count] = counted;
  if (count === undefined || counted.length !== 1) return [...services];
  return services.map((series) =>
    isKnown(series) ? series : { ...series, requests: interpolated(count.time, count.requests ?? [], series.time) },
  );
}
