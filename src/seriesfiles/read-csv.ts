import { seriesError, Table, type Decimal } from '../series/index.js';
import type { CsvHead } from './csv-header.js';
import { csvRecords } from './csv-records.js';

const KINDS = { ',': 'CSV', ';': 'CSV with semicolons', '\t': 'CSV with tabs', '|': 'CSV with |' } as const;

/**
 * Reads CSV: a header line, then one row per reading, columns in any order.
 * @throws SlopegateError SERIES_INVALID with `file:line:column` and a hint
 */
export async function readCsv(
  pieces: AsyncIterable<string>,
  file: string,
  { head, decimal }: { readonly head: CsvHead; readonly decimal: Decimal },
): Promise<Table> {
  const table = new Table(file, KINDS[head.delimiter], decimal);
  table.numbered = !head.hasHeader;
  let header: readonly string[] | null = null;
  await csvRecords(pieces, { file, head }, (cells, line, starts) => {
    if (header === null) {
      const names = head.hasHeader
        ? cells.map((cell) => cell.replace(/^#\s*/, ''))
        : cells.map((_, n) => String(n + 1));
      header = cells;
      addColumns(table, names, line, starts);
      if (head.hasHeader) return;
    } else if (head.hasHeader && repeats(cells, header)) return;
    if (cells.length !== table.columns.length) throw wrongCount(table, cells, line, starts);
    table.addRow(cells, line, starts);
  });
  return table;
}

/** A tool that was restarted writes its header again. */
function repeats(cells: readonly string[], header: readonly string[]): boolean {
  return cells[0] === header[0] && cells.every((cell, n) => cell === header[n]);
}

function addColumns(table: Table, names: readonly string[], line: number, starts: readonly number[]): void {
  for (const [n, text] of names.entries()) {
    if (text !== '' && names.indexOf(text) < n)
      throw seriesError(
        `there are two columns "${text}"`,
        `${table.file}:${line}:${starts[n] ?? 1}`,
        'give every column another name',
      );
    table.addColumn({ text, line, column: starts[n] ?? 1 });
  }
}

function wrongCount(table: Table, cells: readonly string[], line: number, starts: readonly number[]): Error {
  return seriesError(
    `${cells.length} fields, but the header has ${table.columns.length}`,
    `${table.file}:${line}:${starts[cells.length - 1] ?? 1}`,
    'was the file cut off while it was written? Remove the broken row',
  );
}
