import {
  decimalSignOf,
  seriesError,
  seriesOfTable,
  type Decimal,
  type ReadOptions,
  type RecordedRun,
  type Table,
} from '../series/index.js';
import { seriesOfLabelled } from './labelled.js';
import { linesOf } from './lines.js';
import { readCsv } from './read-csv.js';
import { readInflux } from './read-influx.js';
import { readJsonLines } from './read-json-lines.js';
import { readJsonRows } from './read-json-rows.js';
import { readKeyValues } from './read-key-values.js';
import { readMprof } from './read-mprof.js';
import { isPrometheus, parseJson, prometheusRun } from './read-prometheus.js';
import { readScreen } from './read-screen.js';
import { readVictoria } from './read-victoria.js';
import { recognise, type Format } from './recognise.js';
import { wideSeries } from './wide-table.js';

/** Number of bytes at the start of a file that are used to recognise its format. */
const HEAD = 65_536;
/** JSON documents are read whole. The user should split larger ones. */
const LARGEST_DOCUMENT = 400_000_000;

/**
 * A text that can be opened again: numbers with commas are read a second time when it is known what the commas mean.
 */
export interface SeriesText {
  readonly name: string;
  readonly open: () => AsyncIterable<string>;
  /** Whether it can be opened a second time. A pipe cannot. */
  readonly again: boolean;
}

/**
 * Reads one recorded run of any known kind. The format is recognised by the first lines.
 * @throws SlopegateError SERIES_INVALID with `file:line:column` and a hint
 */
export async function readText(source: SeriesText, options: ReadOptions = {}): Promise<RecordedRun> {
  const { format, pieces } = await open(source);
  const { name } = source;
  if (format.kind === 'empty')
    throw seriesError(
      'the file is empty',
      `${name}:1:1`,
      'expected a header line time_s,requests,anon_bytes and one row a second',
    );
  if (format.kind === 'victoria') return readVictoria(linesOf(pieces, name), name, options);
  if (format.kind === 'influx') return readInflux(linesOf(pieces, name), name, options);
  if (format.kind === 'json') return readDocument(await whole(pieces, name), name, options);
  const first = await readTable(format, pieces, name, options.decimal ?? 'auto');
  const sign =
    options.decimal === undefined ? decimalSignOf(first, format.kind === 'csv' && format.head.delimiter === ';') : null;
  if (sign === null) return runOf(first, options);
  if (!source.again)
    throw seriesError(
      'numbers have decimal commas, and a pipe cannot be read twice',
      `${name}:1:1`,
      'use --decimal comma, or give a file',
    );
  const second = await open(source);
  return runOf(await readTable(second.format, second.pieces, name, sign), options);
}

async function open(source: SeriesText): Promise<{ format: Format; pieces: AsyncIterable<string> }> {
  const iterator = source.open()[Symbol.asyncIterator]();
  let head = '';
  let next = await iterator.next();
  while (!next.done) {
    head += next.value;
    if (head.length >= HEAD) break;
    next = await iterator.next();
  }
  return { format: recognise(head, next.done ?? false), pieces: prepend(head, iterator) };
}

async function* prepend(head: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function whole(pieces: AsyncIterable<string>, name: string): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > LARGEST_DOCUMENT)
      throw seriesError(
        `a JSON document of more than ${LARGEST_DOCUMENT / 1e6} million characters`,
        `${name}:1:1`,
        'ask for a larger step, or for fewer series',
      );
    parts.push(piece);
  }
  return parts.join('').replace(/^\uFEFF/, '');
}

function readDocument(text: string, name: string, options: ReadOptions): RecordedRun {
  const document = parseJson(text, name);
  if (isPrometheus(document)) return prometheusRun(document, name, options);
  return runOf(readJsonRows(document, name, options.decimal ?? 'auto'), options);
}

function readTable(format: Format, pieces: AsyncIterable<string>, name: string, decimal: Decimal): Promise<Table> {
  if (format.kind === 'csv') return readCsv(pieces, name, { head: format.head, decimal });
  const lines = linesOf(pieces, name);
  if (format.kind === 'json-lines') return readJsonLines(lines, name, decimal);
  if (format.kind === 'key-values') return readKeyValues(lines, name, decimal);
  if (format.kind === 'mprof') return readMprof(lines, name, decimal);
  return readScreen(lines, name, decimal);
}

function runOf(table: Table, options: ReadOptions): RecordedRun {
  const wide = wideSeries(table, options);
  if (wide !== null)
    return seriesOfLabelled(wide, { file: table.file, kind: `${table.kind}, a column for each series` }, options);
  return seriesOfTable(table, options);
}
