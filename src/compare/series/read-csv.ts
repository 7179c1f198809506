import { CsvSplitter, delimiterOf, type Field } from './csv-records.js';
import { readHeader, type Header } from './csv-header.js';
import { faultOf, seriesError } from './fault.js';
import type { RecordedRun, RecordedSeries } from './recorded-series.js';

const MISSING = new Set(['', 'nan', 'na', 'n/a', 'null', 'none', '-']);

/** A number, NaN for one that is missing; null for anything else. */
function parse(text: string): number | null {
  if (MISSING.has(text.toLowerCase())) return Number.NaN;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/**
 * Rows gathered by column; a metric column that holds text is remembered by its first such cell and refused when
 * somebody asks for it.
 */
class Table {
  readonly header: Header;
  readonly #file: string;
  readonly #time: number[] = [];
  readonly #requests: number[] = [];
  readonly #values: Map<string, number[]>;
  readonly #unreadable = new Map<string, Field>();
  readonly #lines: number[] = [];
  readonly #columns = { time: [] as number[], requests: [] as number[] };

  constructor(header: Header, file: string) {
    this.header = header;
    this.#file = file;
    this.#values = new Map([...header.metrics.keys()].map((name) => [name, []]));
  }

  add(fields: readonly Field[]): void {
    const { names, time, requests, metrics } = this.header;
    const [first] = fields;
    if (fields.length !== names.length) {
      throw seriesError(
        `${fields.length} fields where the header names ${names.length}`,
        `${this.#file}:${first?.line}:${fields.at(-1)?.column}`,
        'was the file cut off while it was written? Remove the broken row',
      );
    }
    const cell = (index: number): Field => fields[index] as Field;
    const needed = (index: number): number => {
      const value = parse(cell(index).text);
      if (value === null)
        throw seriesError(
          `"${cell(index).text}" in column ${names[index]} is not a number`,
          this.#place(cell(index)),
          'numbers as in 1234.5, nothing else; seconds and not dates',
        );
      return value;
    };
    this.#time.push(needed(time));
    if (requests !== null) this.#requests.push(needed(requests));
    for (const [name, index] of metrics) {
      const value = parse(cell(index).text);
      if (value === null && !this.#unreadable.has(name)) this.#unreadable.set(name, cell(index));
      this.#values.get(name)?.push(value ?? Number.NaN);
    }
    this.#lines.push(cell(time).line);
    this.#columns.time.push(cell(time).column);
    this.#columns.requests.push(cell(requests ?? time).column);
  }

  /** @param asked the metric that must be numbers; without one, columns of text are left aside */
  finish(asked: string | null): RecordedRun {
    const bad = asked === null ? undefined : this.#unreadable.get(asked);
    if (bad !== undefined)
      throw seriesError(
        `"${bad.text}" in column ${asked} is not a number`,
        this.#place(bad),
        'numbers as in 1234.5, without units or separators; leave a cell empty where a reading is missing',
      );
    const values = Object.fromEntries(
      [...this.#values]
        .filter(([name]) => !this.#unreadable.has(name))
        .map(([name, column]) => [name, Float64Array.from(column)]),
    );
    const series: RecordedSeries = {
      time: Float64Array.from(this.#time),
      requests: this.header.requests === null ? null : Float64Array.from(this.#requests),
      values,
    };
    const fault = faultOf(series);
    if (fault !== null) {
      const row = Math.max(0, fault.row);
      throw seriesError(
        fault.message,
        `${this.#file}:${this.#lines[row] ?? 1}:${this.#columns[fault.column][row] ?? 1}`,
        fault.hint,
      );
    }
    // Text where a number was due is a mistake in a column that is mostly numbers, and a label elsewhere.
    for (const [name, field] of this.#unreadable) {
      const numbers = this.#values.get(name)?.filter(Number.isFinite).length ?? 0;
      if (numbers > 0)
        throw seriesError(
          `"${field.text}" in column ${name} is not a number`,
          this.#place(field),
          'leave a cell empty where a reading is missing; a column of text only is left aside',
        );
    }
    return { source: this.#file, services: [series] };
  }

  #place(field: Field): string {
    return `${this.#file}:${field.line}:${field.column}`;
  }
}

/**
 * Reads tidy CSV: a header line, then one row a reading; `time_s`, `requests` and metrics in any order.
 * @throws SlopegateError SERIES_INVALID with `file:line:column` and a hint
 */
export async function readCsv(chunks: AsyncIterable<string>, file: string, asked: string | null): Promise<RecordedRun> {
  let table: Table | null = null;
  let splitter: CsvSplitter | null = null;
  let head = '';
  const onRecord = (fields: readonly Field[]): void => {
    if (table === null) table = new Table(readHeader(fields, file), file);
    else table.add(fields);
  };
  for await (const chunk of chunks) {
    if (splitter !== null) splitter.push(chunk);
    else {
      head += chunk;
      const header = head.split(/\r?\n|\r/).find((line) => line.trim() !== '' && !line.startsWith('#'));
      if (header === undefined || !/[\r\n]/.test(head.slice(head.indexOf(header)))) continue;
      splitter = new CsvSplitter(delimiterOf(header), onRecord);
      splitter.push(head);
    }
  }
  if (splitter === null) {
    splitter = new CsvSplitter(delimiterOf(head), onRecord);
    splitter.push(head);
  }
  splitter.end();
  if (table === null)
    throw seriesError(
      'the file is empty',
      `${file}:1:1`,
      'a header line time_s,requests,anon_bytes and one row a second',
    );
  return (table as Table).finish(asked);
}
