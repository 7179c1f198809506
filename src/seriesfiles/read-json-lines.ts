import { seriesError, Table, type Decimal } from '../series/index.js';
import { flatten } from './flatten.js';
import type { Line } from './lines.js';

/**
 * Reads one JSON object per line: `docker stats --format json`, `jq -c`, loggers. Nested names become `outer_inner`.
 * @throws SlopegateError SERIES_INVALID with the line that is not JSON
 */
export async function readJsonLines(lines: AsyncIterable<Line>, file: string, decimal: Decimal): Promise<Table> {
  const table = new Table(file, 'JSON lines', decimal);
  for await (const { text, number } of lines) {
    if (text.trim() === '') continue;
    const value = parseLine(text, file, number);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw seriesError(
        'this line is not a JSON object',
        `${file}:${number}:1`,
        'JSON lines have one object a line, for example {"time_s":0,"requests":75,"anon_bytes":119996416}',
      );
    table.addRecord(flatten(value), number);
  }
  return table;
}

export function parseLine(text: string, file: string, line: number): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw seriesError(
      `this line is not valid JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
      `${file}:${line}:1`,
      'was the file cut off while it was written? Remove the broken line',
    );
  }
}
