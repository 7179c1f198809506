import { seriesError } from '../fault.js';
import type { TableColumn } from './table-column.js';
import type { Table } from './table.js';

/** Rows of one service, and its names. */
export interface Part {
  readonly labels: Readonly<Record<string, string>>;
  readonly rows: Uint32Array;
}

/** A stack has fewer services than this. */
const MOST_PARTS = 1_000;

/**
 * Rows grouped by the columns with names, in the order of first appearance.
 * @throws SlopegateError SERIES_INVALID if the names are too many to be services
 */
export function splitRows(table: Table, columns: readonly TableColumn[]): Part[] {
  const telling = columns.filter((column) => tellsApart(column, table.rows));
  const all = Uint32Array.from({ length: table.rows }, (_, row) => row);
  if (telling.length === 0) return [{ labels: labelsOf(columns, 0), rows: all }];
  const groups = new Map<string, number[]>();
  for (const row of all) {
    const key = telling.map((column) => column.keyAt(row)).join(' ');
    const rows = groups.get(key);
    if (rows !== undefined) rows.push(row);
    else if (groups.size < MOST_PARTS) groups.set(key, [row]);
    else
      throw seriesError(
        `more than ${MOST_PARTS} different names in ${telling.map(({ name }) => `"${name}"`).join(' and ')}: these ` +
          `are not services`,
        table.placeOf(row, telling[0] as TableColumn),
        'name the column of the services with --service-column',
      );
  }
  return [...groups.values()].map((rows) => ({
    labels: labelsOf(columns, rows[0] as number),
    rows: Uint32Array.from(rows),
  }));
}

function labelsOf(columns: readonly TableColumn[], row: number): Part['labels'] {
  return Object.fromEntries(columns.map((column) => [column.name, column.textAt(row)]));
}

function tellsApart(column: TableColumn, rows: number): boolean {
  const first = column.keyAt(0);
  for (let row = 1; row < rows; row += 1) if (!Object.is(column.keyAt(row), first)) return true;
  return false;
}
