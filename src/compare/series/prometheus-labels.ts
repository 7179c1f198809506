import { seriesError } from './fault.js';
import { UNNAMED_SERVICE } from './recorded-series.js';

export interface LabelledSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly (readonly [time: number, value: number])[];
}

/**
 * Labels that name a service, the most telling first: replicas and versions share the first ones, ids never agree
 * between versions.
 */
const SERVICE_LABELS = [
  'service',
  'container_label_com_docker_compose_service',
  'compose_service',
  'container',
  'container_name',
  'name',
  'app',
  'pod',
  'job',
  'instance',
];

/**
 * A name for the service of each series: the first label that tells all series of one metric apart.
 * @throws SlopegateError SERIES_INVALID where none does, with the labels there are
 */
export function serviceNames(series: readonly LabelledSeries[], file: string): ReadonlyMap<LabelledSeries, string> {
  const perMetric = new Map<string, number>();
  for (const { name } of series) perMetric.set(name, (perMetric.get(name) ?? 0) + 1);
  const alone = [...perMetric.values()].every((count) => count === 1);
  const candidates = [...SERVICE_LABELS, ...new Set(series.flatMap(({ labels }) => Object.keys(labels)))].filter(
    (label) => label !== '__name__',
  );
  const tells = (label: string): boolean =>
    series.every(({ labels }) => (labels[label] ?? '') !== '') &&
    new Set(series.map(({ name, labels }) => `${name}\n${labels[label]}`)).size === series.length;
  // A lone series needs no label to be told apart, and one that names the run ("pod", "instance") would only keep the
  // arms apart.
  const label = alone ? null : candidates.find(tells);
  if (label === undefined) {
    const labels = [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))].join(', ');
    throw seriesError(
      'several series of one metric, and no label tells them apart',
      `${file}:1:1`,
      `sum or choose in the query: sum by (container) (container_memory_rss{…}). Labels: ${labels}`,
    );
  }
  return new Map(series.map((one) => [one, label === null ? UNNAMED_SERVICE : (one.labels[label] as string)]));
}
