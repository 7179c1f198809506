import * as z from 'zod';
import { seriesError, faultOf } from './fault.js';
import { serviceNames, type LabelledSeries } from './prometheus-labels.js';
import { FEWEST_ROWS, type RecordedRun, type RecordedSeries } from './recorded-series.js';

const point = z.tuple([z.number(), z.union([z.string(), z.number()]).transform(Number)]);
const matrix = z.object({
  resultType: z.literal(
    'matrix',
    'expected "matrix", the answer of query_range; an instant query holds one point and no growth',
  ),
  result: z.array(z.object({ metric: z.record(z.string(), z.string()), values: z.array(point) })),
});
const answer = z.union([
  z.object({ status: z.literal('success'), data: matrix }).transform(({ data }) => data),
  matrix,
]);

/** Names of exporters (cAdvisor, Prometheus clients) → ours. */
const METRIC_NAMES: Readonly<Record<string, string>> = {
  container_memory_rss: 'anon_bytes',
  container_memory_working_set_bytes: 'working_set_bytes',
  container_memory_usage_bytes: 'usage_bytes',
  container_memory_cache: 'file_bytes',
  container_memory_kernel_usage: 'kernel_bytes',
  container_file_descriptors: 'fds',
  container_threads: 'threads',
  container_processes: 'pids',
  container_sockets: 'sockets',
  process_open_fds: 'fds',
};

const REQUESTS = /(^|_)requests(_total)?$/;

/**
 * Reads the answer of Prometheus' `query_range`: each service (container, pod…) becomes a series of its own. A counter
 * that is named
 * `…requests` or `…requests_total`, where it is the only one, is the requests answered; else growth is judged per
 * second.
 * @throws SlopegateError SERIES_INVALID with the place in the document and a hint
 */
export function readPrometheus(text: string, file: string): RecordedRun {
  const { result } = validate(parseJson(text, file), file);
  const all = result
    .filter(({ values }) => values.length > 0)
    .map(({ metric, values }): LabelledSeries => ({
      name: metric['__name__'] ?? 'value',
      labels: metric,
      points: values,
    }));
  const counters = all.filter(({ name }) => REQUESTS.test(name));
  const metrics = counters.length === all.length ? all : all.filter((series) => !counters.includes(series));
  const counter = counters.length === 1 && metrics !== all ? (counters[0] ?? null) : null;
  const origin = Math.min(...all.map(({ points }) => points[0]?.[0] ?? Infinity));
  const named = serviceNames(metrics, file);
  const services = [...new Set(named.values())].map((service) =>
    join(
      service,
      metrics.filter((series) => named.get(series) === service),
      counter,
      origin,
    ),
  );
  if (services.length === 0)
    throw seriesError(
      'the answer holds no series',
      `${file}:1:1`,
      'the query found nothing in that range; try it in Prometheus first',
    );
  for (const series of services) {
    const fault = faultOf(series);
    const hint =
      series.time.length < FEWEST_ROWS ? 'ask query_range for a longer range or a smaller step' : fault?.hint;
    if (fault !== null) throw seriesError(`${series.service}: ${fault.message}`, `${file}:1:1`, hint);
  }
  return { source: file, services };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const offset = Number(/position (\d+)/.exec(String(cause))?.[1] ?? 0);
    const before = text.slice(0, offset).split('\n');
    throw seriesError(
      `not valid JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
      `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`,
      'was the answer cut off? Ask again: curl -G …/api/v1/query_range',
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
    'expected {"status":"success","data":{"resultType":"matrix","result":[{"metric":{…},"values":[[time,"value"],…]}]}}, as /api/v1/query_range answers',
  );
}

/** All metrics of one service on the union of their times; what a metric lacks is NaN. */
function join(
  service: string,
  parts: readonly LabelledSeries[],
  counter: LabelledSeries | null,
  origin: number,
): RecordedSeries {
  const times = [...new Set(parts.flatMap(({ points }) => points.map(([time]) => time)))].sort((a, b) => a - b);
  const row = new Map(times.map((time, index) => [time, index]));
  const column = ({ points }: LabelledSeries): Float64Array => {
    const values = new Float64Array(times.length).fill(Number.NaN);
    for (const [time, value] of points) {
      const index = row.get(time);
      if (index !== undefined) values[index] = value;
    }
    return values;
  };
  return {
    service,
    time: Float64Array.from(times, (time) => time - origin),
    requests: counter === null ? null : column(counter),
    values: Object.fromEntries(parts.map((part) => [METRIC_NAMES[part.name] ?? part.name, column(part)])),
  };
}
