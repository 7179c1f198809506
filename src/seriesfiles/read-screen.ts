import { instantOf, measureOf, memoryRank, seriesError, Table, wordsOf, type Decimal } from '../series/index.js';
import type { Line } from './lines.js';
import { leadingTime, timeOfLine } from './screen-times.js';

/** How a line of a table on a screen is split into cells. */
type Split = (line: string) => string[];

const BY_GAPS: Split = (line) => line.trim().split(/\s{2,}|\t+/);
/** Separated by spaces, but `CPU (%)` is one name. */
const BY_BLANKS: Split = (line) => line.trim().match(/\S+(?:\s\([^)]*\))?/g) ?? [];
const SPLITS: readonly (readonly [header: Split, row: Split])[] = [
  [BY_BLANKS, BY_BLANKS],
  [BY_GAPS, BY_GAPS],
  [BY_GAPS, BY_BLANKS],
];
const TOP = /^top - (\d{1,2}:\d{2}:\d{2}) up/;
/** Columns of `ps`, `top` and `pidstat` with processor time or start time, which are not the time of the reading. */
const NOT_THE_READING = new Set(['time', 'time+', 'start', 'stime', 'started', 'elapsed', 'etime']);

/**
 * Reads tables that tools print repeatedly: `docker stats`, `kubectl top`, `ps`, `pidstat -r`, `psrecord`. The header
 * may be repeated. Times are in the rows, before them, or on their own lines.
 * @throws SlopegateError SERIES_INVALID for a row that does not fit under its header
 */
export async function readScreen(lines: AsyncIterable<Line>, file: string, decimal: Decimal): Promise<Table> {
  const table = new Table(file, 'a table as tools print it', decimal);
  let header: string | null = null;
  let names: readonly string[] = [];
  let split: Split | null = null;
  let clock: string | null = null;
  let beforeHeader = false;
  for await (const { text, number } of lines) {
    const line = text.replace(/^#\s*/, '').trimEnd();
    if (line.trim() === '' || /^Average:|^Linux \d/.test(line)) continue;
    const alone = timeOfLine(line);
    if (alone !== null) {
      clock = alone;
      continue;
    }
    const top = TOP.exec(line)?.[1];
    if (top !== undefined) {
      // What top says about the machine is between its first line and the header.
      [clock, header, beforeHeader] = [top, null, true];
      continue;
    }
    const { time, rest } = leadingTime(line);
    if (isHeader(rest)) {
      header = rest;
      split = null;
      beforeHeader = false;
      table.usualUnit ??= unitOfHeader(rest);
      continue;
    }
    if (header === null) {
      if (table.rows === 0 && !beforeHeader && numbered(rest)) header = numberedHeader(rest);
      else continue;
    }
    // `pidstat -h` has a name for the time of day, which is no longer in the row.
    const heads = time === null ? header : header.replace(/^Time\s+/, '');
    const fit: Fit | null = split === null ? fitting(heads, rest) : { names, split };
    if (fit === null) throw misfit(header, rest, `${file}:${number}:1`);
    ({ names, split } = fit);
    const cells = cellsOf(rest, fit.split, names.length);
    if (cells.length !== names.length) throw misfit(header, rest, `${file}:${number}:1`);
    const stamp = time ?? clock;
    table.addRecord(
      new Map([
        ...(stamp === null ? [] : [['time', stamp] as const]),
        ...names.map((name, n) => [nameIn(name, names), cells[n] ?? ''] as const),
      ]),
      number,
    );
  }
  table.numbered = header !== null && /^1( |$)/.test(header);
  return table;
}

/** Whether a line has column names, and one of them means memory. */
export function isHeader(line: string): boolean {
  return SPLITS.some(([inHeader]) => {
    const names = inHeader(line);
    return (
      names.length >= 2 &&
      !line.includes('=') &&
      names.some((name) => memoryRank(name) !== null || wordsOf(name).join() === 'real,mb') &&
      !names.some((name) => measureOf(name, 'point') !== null || instantOf(name) !== null)
    );
  });
}

function nameIn(name: string, names: readonly string[]): string {
  if (wordsOf(name).join() === 'real,mb') return 'rss (MiB)';
  const ofProcess = names.some((other) => /^(?:pid|uid|user)$/i.test(other));
  return ofProcess && NOT_THE_READING.has(name.toLowerCase()) && name !== 'Time' ? `process ${name}` : name;
}

/** `ps`, `top` and `pidstat` print resident memory in KiB. */
function unitOfHeader(header: string): string | null {
  const names = BY_BLANKS(header).map((name) => name.toLowerCase());
  const ofProcess = names.includes('pid') || names.includes('vsz') || names.includes('virt');
  return ofProcess && (names.includes('rss') || names.includes('res')) ? 'KiB' : null;
}

interface Fit {
  readonly names: readonly string[];
  readonly split: Split;
}

/** How header and row are split into the same number of cells. */
function fitting(header: string, row: string): Fit | null {
  for (const [inHeader, inRow] of SPLITS) {
    const names = inHeader(header);
    const cells = cellsOf(row, inRow, names.length);
    if (names.length > 1 && cells.length === names.length) return { names, split: inRow };
  }
  return null;
}

/** The cells of a row. The rest of the row belongs to the last cell, the command. */
function cellsOf(row: string, split: Split, count: number): string[] {
  const cells = split(row);
  const last = cells.slice(count - 1).join(' ');
  return cells.length > count && measureOf(last, 'point') === null ? [...cells.slice(0, count - 1), last] : cells;
}

function numbered(row: string): boolean {
  return BY_BLANKS(row).some((cell) => measureOf(cell, 'point') !== null);
}

function numberedHeader(row: string): string {
  return BY_BLANKS(row)
    .map((_, n) => String(n + 1))
    .join(' ');
}

function misfit(header: string, row: string, place: string): Error {
  return seriesError(
    `"${row.trim()}" does not fit under the header "${header.trim()}"`,
    place,
    'was the file cut off while it was written? Remove the broken line',
  );
}
