import { once } from 'node:events';
import { parse, type CsvError } from 'csv-parse';
import { seriesError } from '../series/index.js';
import type { CsvHead } from './csv-header.js';

/** One record: its cells, the line it begins in, and the column where each cell begins. */
export type OnRecord = (cells: string[], line: number, starts: readonly number[]) => void;

/** The largest record. If a quote is never closed, a record would become as long as the file. */
const LONGEST_RECORD = 1_000_000;
/** csv-parse counts comments as the beginning of the record below them. */
const COMMENTS_ABOVE = /^(?:#[^\n]*\n)+/;

/**
 * Splits text that arrives in pieces into CSV records, with csv-parse: quotes, line breaks inside quotes, LF, CRLF or
 * CR. Blank lines and lines that begin with `#` are skipped, but counted as lines.
 */
export async function csvRecords(
  pieces: AsyncIterable<string>,
  { file, head }: { readonly file: string; readonly head: CsvHead },
  onRecord: OnRecord,
): Promise<void> {
  const parser = parse({
    delimiter: head.delimiter,
    bom: true,
    raw: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: LONGEST_RECORD,
    ...(head.commented ? {} : { comment: '#', comment_no_infix: true }),
    on_record: (record: unknown, { lines }: { lines: number }) => {
      const { record: cells, raw: withComments } = record as { record: string[]; raw: string };
      const raw = head.commented ? withComments : withComments.replace(COMMENTS_ABOVE, '');
      const line = lines - (raw.trimEnd().split('\n').length - 1);
      // csv-parse's own from_line drops the header if comments are above it.
      if (line < head.line) return null;
      onRecord(
        cells.map((cell) => cell.trim()),
        line,
        startsOf(raw, cells, head.delimiter),
      );
      return null;
    },
  });
  let failure: unknown = null;
  parser.on('error', (error) => (failure = error));
  parser.resume();
  try {
    for await (const piece of pieces) {
      if (failure !== null) break;
      if (!parser.write(piece)) await Promise.race([once(parser, 'drain'), once(parser, 'error').catch(() => null)]);
    }
    if (failure === null) {
      const ended = once(parser, 'end');
      parser.end();
      await ended;
    }
  } catch (error) {
    failure ??= error;
  }
  if (failure !== null) throw asSeriesError(failure, file);
}

function startsOf(raw: string, cells: readonly string[], delimiter: string): number[] {
  const starts: number[] = [];
  if (!raw.includes('"')) {
    let at = 1;
    for (const cell of cells) {
      starts.push(at);
      at += cell.length + 1;
    }
    return starts;
  }
  let quoted = false;
  starts.push(1);
  for (let n = 0; n < raw.length; n += 1) {
    if (raw[n] === '"') quoted = !quoted;
    else if (raw[n] === delimiter && !quoted) starts.push(n + 2);
  }
  return starts;
}

function asSeriesError(failure: unknown, file: string): unknown {
  const { code, lines } = failure as Partial<CsvError> & { lines?: number };
  if (code === undefined || !code.startsWith('CSV_')) return failure;
  return seriesError(
    `the CSV cannot be read: ${(failure as Error).message}`,
    `${file}:${lines ?? 1}:1`,
    'is a closing quote missing?',
  );
}
