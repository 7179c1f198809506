import * as z from 'zod';
import { seriesError, type ReadOptions, type RecordedRun } from '../series/index.js';
import { NAMELESS, seriesOfLabelled, type LabelledSeries } from './labelled.js';
import type { Line } from './lines.js';
import { parseLine } from './read-json-lines.js';

const exported = z.object({
  metric: z.record(z.string(), z.string()),
  values: z.array(z.number().nullable()),
  timestamps: z.array(z.number()),
});

/** Whether an object is a line of VictoriaMetrics' /api/v1/export. */
export function isVictoria(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'metric' in value && 'timestamps' in value;
}

/**
 * Reads an export of VictoriaMetrics: one series per line, with times in milliseconds.
 * @throws SlopegateError SERIES_INVALID with the line that is wrong
 */
export async function readVictoria(
  lines: AsyncIterable<Line>,
  file: string,
  options: ReadOptions,
): Promise<RecordedRun> {
  const all: LabelledSeries[] = [];
  for await (const { text, number } of lines) {
    if (text.trim() === '') continue;
    const parsed = exported.safeParse(parseLine(text, file, number));
    if (!parsed.success)
      throw seriesError(
        'this line is not a series of VictoriaMetrics',
        `${file}:${number}:1`,
        'expected {"metric":{…},"values":[…],"timestamps":[…]}, as /api/v1/export answers',
      );
    const { metric, values, timestamps } = parsed.data;
    all.push({
      name: metric['__name__'] ?? NAMELESS,
      labels: metric,
      times: timestamps.map((time) => time / 1000),
      values: values.map((value) => value ?? Number.NaN),
    });
  }
  return seriesOfLabelled(all, { file, kind: 'VictoriaMetrics export' }, options);
}
