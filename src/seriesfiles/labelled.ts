import {
  bytesIn,
  COUNTS,
  countsRequests,
  interpolated,
  memoryRank,
  metricName,
  namedUnit,
  nameParts,
  orderFault,
  seriesError,
  tooFewFault,
  type ReadOptions,
  type RecordedRun,
  type RecordedSeries,
  type UnderstoodColumn,
} from '../series/index.js';

/**
 * A query such as `sum by (container) (container_memory_rss)` removes the name of the metric. The user asked for this
 * series, so it is assumed to be memory. Its unit must still be certain.
 */
export const NAMELESS = 'memory';

/** One metric of one thing, as Prometheus, VictoriaMetrics and InfluxDB store it. Times in seconds. */
export interface LabelledSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/**
 * Makes services from labelled series: series with the same labels belong together. Counters of requests are added up
 * over statuses and methods. They may have been read seconds before or after memory, so they are interpolated to the
 * times of memory.
 * @throws SlopegateError SERIES_INVALID if two series of one metric have the same labels, or several series could be
 * the count
 */
export function seriesOfLabelled(
  all: readonly LabelledSeries[],
  { file, kind }: { readonly file: string; readonly kind: string },
  options: ReadOptions,
): RecordedRun {
  const given = all.filter(({ times }) => times.length > 0);
  if (given.length === 0)
    throw seriesError(
      'the answer has no series',
      `${file}:1:1`,
      'the query found nothing in that range; try it in Prometheus first',
    );
  const counters = countersIn(given, file, options);
  const metrics = given.filter((series) => !counters.includes(series));
  if (metrics.length === 0)
    throw seriesError(
      `there are counts of requests only (${[...new Set(counters.map(({ name }) => name))].join(', ')}), and no memory`,
      `${file}:1:1`,
      'ask for memory in the same range: {__name__=~"container_memory_rss|http_requests_total"}',
    );
  for (const counter of counters) refuseReset(counter, file);
  const origin = given.reduce((first, { times }) => Math.min(first, times[0] ?? first), Number.POSITIVE_INFINITY);
  const parts = partsOf(metrics, file).map(({ labels, series }) =>
    join(labels, series, matching(counters, labels), origin, options),
  );
  const faults = parts.map((part) => orderFault(part) ?? tooFewFault(part));
  const [fault] = faults;
  if (fault && faults.every((one) => one !== null))
    throw seriesError(
      fault.message,
      `${file}:1:1`,
      `${fault.hint}. With Prometheus, ask query_range for a longer range or a smaller step`,
    );
  return {
    source: file,
    services: nameParts(parts),
    understood: {
      kind,
      rows: Math.max(...parts.map(({ time }) => time.length)),
      columns: understoodColumns(metrics, counters, options.unit),
      remarks: [],
    },
  };
}

function countersIn(all: readonly LabelledSeries[], file: string, { requestsColumn }: ReadOptions): LabelledSeries[] {
  if (requestsColumn?.toLowerCase() === 'none') return [];
  const counters = all.filter(({ name }) =>
    requestsColumn === undefined ? countsRequests(name) : name === requestsColumn,
  );
  const names = [...new Set(counters.map(({ name }) => name))];
  if (requestsColumn !== undefined && names.length === 0)
    throw seriesError(
      `there is no series "${requestsColumn}", which --requests-column names`,
      `${file}:1:1`,
      `Series: ${[...new Set(all.map(({ name }) => name))].join(', ')}`,
    );
  if (names.length > 1)
    throw seriesError(
      `${names.join(' and ')} could each be the count of requests`,
      `${file}:1:1`,
      `choose one with --requests-column ${names[0]}`,
    );
  return counters;
}

function refuseReset({ name, labels, values }: LabelledSeries, file: string): void {
  const known = values.filter(Number.isFinite);
  const at = known.findIndex((value, n) => value < (known[n - 1] ?? value));
  if (at > 0)
    throw seriesError(
      `${name}${spokenLabels(labels)} falls from ${known[at - 1]} to ${known[at]}`,
      `${file}:1:1`,
      'a counter that falls was reset: the service restarted, and its memory too; ask for the range of one ' +
        'process only. If it is a rate, use --requests-column none and give the rate with --rate',
    );
}

function spokenLabels(labels: LabelledSeries['labels']): string {
  const pairs = Object.entries(labels).filter(([label]) => label !== '__name__');
  return pairs.length === 0 ? '' : `{${pairs.map(([label, value]) => `${label}="${value}"`).join(',')}}`;
}

/**
 * Series grouped by the labels that all of them have. If no metric has more than one series, they all belong together.
 */
function partsOf(
  metrics: readonly LabelledSeries[],
  file: string,
): { labels: Record<string, string>; series: LabelledSeries[] }[] {
  const names = metrics.map(({ name }) => name);
  if (new Set(names).size === names.length) return [{ labels: {}, series: [...metrics] }];
  const shared = Object.keys(metrics[0]?.labels ?? {}).filter(
    (label) => label !== '__name__' && metrics.every(({ labels }) => (labels[label] ?? '') !== ''),
  );
  const groups = new Map<string, { labels: Record<string, string>; series: LabelledSeries[] }>();
  for (const series of metrics) {
    const labels = Object.fromEntries(shared.map((label) => [label, series.labels[label] as string]));
    const key = JSON.stringify(labels);
    const group = groups.get(key) ?? { labels, series: [] };
    if (group.series.some(({ name }) => name === series.name)) throw alike(metrics, file);
    group.series.push(series);
    groups.set(key, group);
  }
  const parts = [...groups.values()];
  // If only some services have a metric, it would become a service of its own, because the shared labels separate too
  // much.
  return narrowed(parts, metrics, file);
}

/** If the shared labels split the metrics of one service, uses the first single label that distinguishes the series. */
function narrowed(
  parts: { labels: Record<string, string>; series: LabelledSeries[] }[],
  metrics: readonly LabelledSeries[],
  file: string,
): typeof parts {
  const kinds = new Set(metrics.map(({ name }) => name)).size;
  if (kinds === 1 || parts.some(({ series }) => series.length === kinds)) return parts;
  const telling = (label: string): boolean => new Set(metrics.map(({ labels }) => labels[label])).size > 1;
  for (const label of Object.keys(parts[0]?.labels ?? {}).filter(telling)) {
    const values = [...new Set(metrics.map(({ labels }) => labels[label] as string))];
    const groups = values.map((value) => ({
      labels: { [label]: value },
      series: metrics.filter(({ labels }) => labels[label] === value),
    }));
    if (groups.every(({ series }) => new Set(series.map(({ name }) => name)).size === series.length)) return groups;
  }
  throw alike(metrics, file);
}

function alike(metrics: readonly LabelledSeries[], file: string): Error {
  const labels = [...new Set(metrics.flatMap((series) => Object.keys(series.labels)))].filter(
    (label) => label !== '__name__',
  );
  return seriesError(
    'there are several series of one metric, and no label separates them',
    `${file}:1:1`,
    `sum or choose in the query: sum by (container) (container_memory_rss{…}). Labels: ${labels.join(', ')}`,
  );
}

/** The counters that name this service; all counters if none does. */
function matching(
  counters: readonly LabelledSeries[],
  labels: Readonly<Record<string, string>>,
): readonly LabelledSeries[] {
  const own = counters.filter((counter) => {
    const shared = Object.keys(labels).filter((label) => counter.labels[label] !== undefined);
    return shared.length > 0 && shared.every((label) => counter.labels[label] === labels[label]);
  });
  return own.length > 0 ? own : counters;
}

/** All metrics of one service at all their times. NaN where a metric has no value. */
function join(
  labels: Readonly<Record<string, string>>,
  parts: readonly LabelledSeries[],
  counters: readonly LabelledSeries[],
  origin: number,
  options: ReadOptions,
): RecordedSeries {
  const times = [...new Set(parts.flatMap((part) => part.times))].sort((a, b) => a - b);
  const row = new Map(times.map((time, index) => [time, index]));
  const values: Record<string, Float64Array> = {};
  for (const part of parts) {
    const stated = memoryRank(part.name) === null ? undefined : options.unit;
    const unit = namedUnit(part.name).unit ?? stated ?? null;
    const column = new Float64Array(times.length).fill(Number.NaN);
    for (const [n, time] of part.times.entries())
      column[row.get(time) as number] = (part.values[n] as number) * (unit === null ? 1 : (bytesIn(unit) ?? 1));
    values[metricName(part.name, unit !== null)] = column;
  }
  return {
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    time: Float64Array.from(times, (time) => time - origin),
    requests: counters.length === 0 ? null : summed(counters, times),
    values,
  };
}

/**
 * Counters added up at the given times. A counter counts 0 before its first reading, and keeps its last value after its
 * end.
 */
function summed(counters: readonly LabelledSeries[], times: readonly number[]): Float64Array {
  const first = Math.min(...counters.map((counter) => counter.times[0] as number));
  const last = Math.max(...counters.map((counter) => counter.times.at(-1) as number));
  const sum = new Float64Array(times.length);
  for (const counter of counters) {
    const { times: at, values } = counter;
    const step = ((at.at(-1) as number) - (at[0] as number)) / Math.max(1, at.length - 1);
    const read = interpolated(at, values, times);
    for (const [n, time] of times.entries()) {
      const before = time < (at[0] as number) && (at[0] as number) > first + 2 * step;
      const after = time > (at.at(-1) as number) && (at.at(-1) as number) < last - 2 * step;
      sum[n] = (sum[n] as number) + (before ? 0 : after ? (values.at(-1) as number) : (read[n] as number));
    }
  }
  return sum;
}

function understoodColumns(
  metrics: readonly LabelledSeries[],
  counters: readonly LabelledSeries[],
  unit: string | undefined,
): UnderstoodColumn[] {
  const names = [...new Set(metrics.map(({ name }) => name))];
  const [counter] = counters;
  return [
    ...(counter === undefined
      ? []
      : [
          {
            role: 'requests' as const,
            name: counter.name,
            reading: counters.length > 1 ? `${counters.length} counters, added up` : 'requests answered so far',
          },
        ]),
    ...names.flatMap((name) => understood(name, unit)),
  ];
}

function understood(name: string, unit: string | undefined): UnderstoodColumn[] {
  const metric = metricName(name, unit !== undefined);
  if (COUNTS.has(metric)) return [{ role: 'count', name, metric, reading: 'a count' }];
  if (memoryRank(name) === null) return [];
  const stated = namedUnit(name).unit === null && unit !== undefined ? `${unit}, as stated` : 'bytes';
  return [{ role: 'memory', name, metric, reading: metric.endsWith('_bytes') ? stated : 'no unit stated' }];
}
