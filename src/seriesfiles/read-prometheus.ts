import * as z from 'zod';
import { seriesError, type ReadOptions, type RecordedRun } from '../series/index.js';
import { NAMELESS, seriesOfLabelled } from './labelled.js';

const point = z.tuple([z.number(), z.union([z.string(), z.number()]).transform(Number)]);
const matrix = z.object({
  resultType: z.literal(
    'matrix',
    'expected "matrix", the answer of query_range; an instant query has one point and shows no growth',
  ),
  result: z.array(z.object({ metric: z.record(z.string(), z.string()), values: z.array(point) })),
});
const answer = z.union([
  z.object({ status: z.literal('success'), data: matrix }).transform(({ data }) => data),
  matrix,
]);

/**
 * Reads the answer of Prometheus' `query_range`: each service (container, pod…) becomes a series of its own. Counters
 * of requests in the same answer are the requests answered; without one, growth is judged per second.
 * @throws SlopegateError SERIES_INVALID with the place in the document and a hint
 */
export function readPrometheus(text: string, file: string, options: ReadOptions = {}): RecordedRun {
  return prometheusRun(parseJson(text, file), file, options);
}

/** The same for a document that is already parsed. */
export function prometheusRun(document: unknown, file: string, options: ReadOptions): RecordedRun {
  const { result } = validate(document, file);
  const all = result.map(({ metric, values }) => ({
    name: metric['__name__'] ?? NAMELESS,
    labels: metric,
    times: values.map(([time]) => time),
    values: values.map(([, value]) => value),
  }));
  return seriesOfLabelled(all, { file, kind: 'Prometheus query_range' }, options);
}

/** Whether a document is an answer of Prometheus, with data or with an error. */
export function isPrometheus(document: unknown): boolean {
  if (typeof document !== 'object' || document === null) return false;
  return 'resultType' in document || ('status' in document && ('data' in document || 'error' in document));
}

/** @throws SlopegateError SERIES_INVALID with the place where the text stops being JSON */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const offset = Number(/position (\d+)/.exec(String(cause))?.[1] ?? 0);
    const before = text.slice(0, offset).split('\n');
    throw seriesError(
      `not valid JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
      `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`,
      'was the file cut off? Get an answer of Prometheus with: curl -G …/api/v1/query_range',
    );
  }
}

function validate(document: unknown, file: string): z.output<typeof matrix> {
  const refused = document as { status?: unknown; error?: unknown } | null;
  if (refused?.status === 'error')
    throw seriesError(
      `Prometheus answered with an error: ${String(refused.error)}`,
      `${file}:1:1`,
      'correct the query and ask again',
    );
  const parsed = answer.safeParse(document);
  if (parsed.success) return parsed.data;
  const inner = matrix.safeParse((document as { data?: unknown } | null)?.data ?? document);
  const [issue] = inner.success ? parsed.error.issues : inner.error.issues;
  throw seriesError(
    `not a query_range answer: ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`,
    `${file}:1:1`,
    'expected {"status":"success","data":{"resultType":"matrix","result":[' +
      '{"metric":{…},"values":[[time,"value"],…]}]}}, as /api/v1/query_range answers',
  );
}
