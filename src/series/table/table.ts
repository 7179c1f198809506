import { growingUint32 } from './growing.js';
import type { Decimal } from './measures.js';
import { TableColumn, type Place } from './table-column.js';

/**
 * Rows with named columns, from any kind of file. `series-of-table` makes series from them. Columns may appear late
 * (JSON lines); earlier rows have no reading there.
 */
export class Table {
  readonly file: string;
  /** What kind of file it was, in words. */
  readonly kind: string;
  readonly decimal: Decimal;
  readonly columns: TableColumn[] = [];
  readonly lines = growingUint32();
  /** Columns without names of their own are called 1, 2, 3… */
  numbered = false;
  /** The unit of memory that this kind of file always uses if a column has none: `ps` prints KiB. */
  usualUnit: string | null = null;
  readonly #byName = new Map<string, TableColumn>();

  constructor(file: string, kind: string, decimal: Decimal) {
    this.file = file;
    this.kind = kind;
    this.decimal = decimal;
  }

  get rows(): number {
    return this.lines.length;
  }

  addColumn(heading: Place): TableColumn {
    const column = new TableColumn(heading, this.decimal);
    column.padTo(this.rows);
    this.columns.push(column);
    this.#byName.set(heading.text, column);
    return column;
  }

  /** One row. Its cells are in the order of the columns. */
  addRow(cells: readonly string[], line: number, starts: readonly number[]): void {
    for (const [index, column] of this.columns.entries()) column.add(cells[index] ?? '', line, starts[index] ?? 1);
    this.lines.push(line);
  }

  /** One row of named cells. New names become columns. */
  addRecord(cells: ReadonlyMap<string, string>, line: number): void {
    for (const [name, text] of cells) {
      const column = this.#byName.get(name) ?? this.addColumn({ text: name, line, column: 1 });
      column.add(text, line, 1);
    }
    this.lines.push(line);
    for (const column of this.columns) column.padTo(this.rows);
  }

  /** `file:line:column` of a cell. */
  placeOf(row: number, column: TableColumn): string {
    return `${this.file}:${this.lines.at(row) ?? 1}:${Math.max(1, column.starts.at(row) ?? 1)}`;
  }

  /** The columns with their first cells, for a user who must say which one is meant. */
  firstCells(): string {
    return this.columns.map(({ name, firstCells }) => `${name} (${firstCells.join(', ')})`).join('; ');
  }
}
