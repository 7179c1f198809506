import { createReadStream } from 'node:fs';
import { SlopegateError } from '../../model/index.js';
import { readCsv } from './read-csv.js';
import { readPrometheus } from './read-prometheus.js';
import type { RecordedRun } from './recorded-series.js';

/**
 * Reads one recorded run: tidy CSV, or the JSON answer of Prometheus' `query_range`; the first character tells which.
 * `metric` is the one that will be asked for, so that a fault in its column is told with its place; `name` is what
 * errors call the file.
 * @throws SlopegateError SERIES_INVALID with `file:line:column` and a hint
 */
export async function readSeries(
  file: string,
  metric: string | null = null,
  name: string = file,
): Promise<RecordedRun> {
  const chunks = createReadStream(file, { encoding: 'utf8' });
  try {
    const pieces = chunks[Symbol.asyncIterator]() as AsyncIterableIterator<string>;
    let head = '';
    let next = await pieces.next();
    while (!next.done) {
      head += next.value;
      if (/\S/.test(head.replace(/^\uFEFF/, ''))) break;
      next = await pieces.next();
    }
    const whole = prepend(head, pieces);
    if (/^\uFEFF?\s*[{[]/.test(head)) {
      let text = '';
      for await (const piece of whole) text += piece;
      return readPrometheus(text.replace(/^\uFEFF/, ''), name);
    }
    return await readCsv(whole, name, metric);
  } catch (error) {
    if (error instanceof SlopegateError) throw error;
    throw new SlopegateError('SERIES_INVALID', `cannot read ${name}`, {
      cause: error,
      hint: 'give the paths of CSV files with a column time_s, or of Prometheus query_range answers',
    });
  } finally {
    chunks.destroy();
  }
}

async function* prepend(head: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield head;
  yield* rest;
}
