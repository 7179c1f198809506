import { seriesError } from '../fault.js';
import type { UnderstoodColumn } from '../recorded-series.js';
import { COUNTS, memoryRank, metricName } from './names.js';
import type { ReadOptions } from './read-options.js';
import type { TableColumn } from './table-column.js';
import type { Table } from './table.js';
import { bytesIn, namedUnit } from './units.js';

/** A column of numbers in the form in which it is judged: its name, and the factor for its values. */
export interface MetricColumn {
  readonly column: TableColumn;
  readonly metric: string;
  readonly factor: number;
  readonly understood: UnderstoodColumn | null;
}

/**
 * The columns of numbers with their names and units. Columns that contain only text are ignored.
 * @throws SlopegateError SERIES_INVALID for a cell that is not a number in a column of memory or counts
 */
export function metricColumns(table: Table, columns: readonly TableColumn[], options: ReadOptions): MetricColumn[] {
  const found: MetricColumn[] = [];
  const names = new Set<string>();
  for (const column of columns) {
    if (!holdsNumbers(table, column, options)) continue;
    const read = unitOf(table, column, options);
    const name = metricName(column.name, read.known);
    const metric = names.has(name) ? column.name : name;
    names.add(metric);
    found.push({ column, metric, factor: read.factor, understood: understand(column, metric, read.reading, options) });
  }
  return found;
}

function isAsked(column: TableColumn, { metric }: ReadOptions): boolean {
  return metric !== undefined && [column.name, metricName(column.name, true)].includes(metric);
}

function holdsNumbers(table: Table, column: TableColumn, options: ReadOptions): boolean {
  const { counts, firstText, name } = column;
  const numbers = counts.number + counts.withUnit;
  const matters =
    isAsked(column, options) || ((memoryRank(name) !== null || COUNTS.has(metricName(name, false))) && numbers > 0);
  if (firstText !== null && matters)
    throw seriesError(
      `"${firstText.text}" in column ${name} is not a number`,
      `${table.file}:${firstText.line}:${firstText.column}`,
      'expected numbers like 1234.5 or 114.4MiB; leave a cell without a reading empty',
    );
  return numbers > 0 && firstText === null && counts.instant === 0;
}

const BY_ITS_NAME = 'bytes, by its name';

interface Unit {
  readonly factor: number;
  readonly known: boolean;
  readonly reading: string;
}

function unitOf(table: Table, column: TableColumn, options: ReadOptions): Unit {
  const { unit: stated } = options;
  const { usualUnit } = table;
  const { cellUnits, counts, firstBare } = column;
  const units = [...cellUnits];
  if (counts.withUnit > 0 && units.every((unit) => bytesIn(unit) !== null)) {
    if (firstBare !== null && isMemory(column, options)) throw mixed(table, column);
    return { factor: 1, known: true, reading: `${units.join(', ')} in its cells` };
  }
  const { unit } = namedUnit(column.name);
  if (unit !== null) return { factor: bytesIn(unit) ?? 1, known: true, reading: `${spoken(unit)}, by its name` };
  if (!isMemory(column, options)) return { factor: 1, known: false, reading: 'numbers' };
  if (stated !== undefined)
    return { factor: bytesIn(stated) ?? 1, known: true, reading: `${spoken(stated)}, as stated` };
  if (usualUnit !== null)
    return { factor: bytesIn(usualUnit) ?? 1, known: true, reading: `${spoken(usualUnit)}, as this kind of file has` };
  if (metricName(column.name, false).endsWith('_bytes')) return { factor: 1, known: true, reading: BY_ITS_NAME };
  return { factor: 1, known: false, reading: 'no unit stated' };
}

/** Some cells have a unit and others do not. The error shows the smaller group. */
function mixed(table: Table, { name, counts, firstBare, firstWithUnit }: TableColumn): Error {
  const [odd, how, others] =
    counts.withUnit <= counts.number
      ? [firstWithUnit, 'has a unit', 'have none']
      : [firstBare, 'has no unit', 'have one'];
  return seriesError(
    `"${odd?.text}" in column ${name} ${how}, and other cells ${others}`,
    `${table.file}:${odd?.line ?? 1}:${odd?.column ?? 1}`,
    'write the unit in every cell; or in none, and in the name of the column',
  );
}

/** `kB` → `kB (1,024 bytes)`: says how it is read. */
function spoken(unit: string): string {
  const bytes = bytesIn(unit) ?? 1;
  return bytes === 1 ? 'bytes' : `${unit} (${bytes.toLocaleString('en')} bytes)`;
}

/** A column whose name means memory, or that the user names as the metric. */
function isMemory(column: TableColumn, options: ReadOptions): boolean {
  if (COUNTS.has(metricName(column.name, false))) return false;
  return memoryRank(column.name) !== null || isAsked(column, options);
}

function understand(
  column: TableColumn,
  metric: string,
  reading: string,
  options: ReadOptions,
): UnderstoodColumn | null {
  if (COUNTS.has(metric)) return { role: 'count', name: column.name, metric, reading: 'a count' };
  if (!isMemory(column, options)) return null;
  return { role: 'memory', name: column.name, metric, reading };
}
