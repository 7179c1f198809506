import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { SlopegateError } from '../model/index.js';
import type { ReadOptions, RecordedRun } from '../series/index.js';
import { decode } from './decode.js';
import { readText } from './read-text.js';

/**
 * Reads one recorded run: CSV, tables of tools, JSON, the answer of Prometheus' `query_range` and more
 * (docs/compare.md). The format is recognised by the first lines. `name` is the name of the file in errors.
 * @throws SlopegateError SERIES_INVALID with `file:line:column` and a hint
 * @example
 *   const run = await readSeries('b1.csv', { unit: 'KiB' });
 *   run.services[0]?.values['rss_bytes'];
 */
export async function readSeries(file: string, options: ReadOptions = {}, name: string = file): Promise<RecordedRun> {
  const streams: ReturnType<typeof createReadStream>[] = [];
  const open = (): AsyncIterable<string> => {
    const stream = createReadStream(file);
    streams.push(stream);
    return decode(stream);
  };
  try {
    const again = (await stat(file)).isFile();
    return await readText({ name, open, again }, options);
  } catch (error) {
    if (error instanceof SlopegateError) throw error;
    throw new SlopegateError('SERIES_INVALID', `cannot read ${name}`, {
      cause: error,
      hint: 'give the paths of files: CSV with a column time_s, or one of the kinds in docs/compare.md',
    });
  } finally {
    for (const stream of streams) stream.destroy();
  }
}
