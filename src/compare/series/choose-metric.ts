import { METRICS, SlopegateError } from '../../model/index.js';
import { nearest } from '../../words/nearest.js';
import type { RecordedRun, RecordedSeries } from './recorded-series.js';

/** What decides where nobody says: memory that cannot be taken back first, the noisy totals last. */
const PREFERENCE = [
  'unreclaimable_bytes',
  'anon_bytes',
  'rss_bytes',
  'rss',
  'process_resident_memory_bytes',
  'working_set_bytes',
  'usage_bytes',
];
/** Known columns that are never memory by themselves, or are part of it. */
const NEVER_CHOSEN: ReadonlySet<string> = new Set(METRICS.filter((name) => !PREFERENCE.includes(name)));
/** Counted, not weighed; they have margins of their own. */
export const COUNTS: ReadonlySet<string> = new Set(['fds', 'threads', 'sockets']);
/** No process lives in less: values below are kilobytes or megabytes under a wrong name. */
const LEAST_BYTES = 65_536;

/** The metric that decides, and what is to be said of the choice. */
export interface MetricChoice {
  readonly metric: string;
  readonly notes: readonly string[];
}

function metricsOf({ values }: RecordedSeries): string[] {
  return Object.keys(values).filter((name) => Array.from(values[name] ?? []).some(Number.isFinite));
}

/**
 * The metric asked for, or the first of the preferred ones that every recording holds.
 * @throws SlopegateError SERIES_INVALID where a recording lacks it, with the columns there are and the nearest of them
 */
export function chooseMetric(runs: readonly RecordedRun[], asked: string | null): MetricChoice {
  const everywhere = runs.flatMap(({ services }) => services.map(metricsOf));
  const shared = (everywhere[0] ?? []).filter((name) => everywhere.every((names) => names.includes(name)));
  const metric =
    asked ?? PREFERENCE.find((name) => shared.includes(name)) ?? shared.find((name) => !NEVER_CHOSEN.has(name));
  if (metric === undefined) {
    const [first] = runs;
    const other =
      runs.find(
        ({ services }) => !services.some((series) => metricsOf(series).some((name) => everywhere[0]?.includes(name))),
      ) ?? runs.at(-1);
    const columns = (run: RecordedRun | undefined): string =>
      run?.services.flatMap(metricsOf).join(', ') || 'no metric';
    throw new SlopegateError('SERIES_INVALID', 'the recordings have no column of memory in common', {
      location: `${first?.source}:1:1`,
      hint: `give every file a column anon_bytes; ${first?.source} has ${columns(first)}${other === first ? '' : `, ${other?.source} ${columns(other)}`}`,
    });
  }
  for (const { source, services } of runs)
    for (const series of services) {
      const names = metricsOf(series);
      if (!names.includes(metric)) {
        const meant = names.find((name) => name.startsWith(metric)) ?? nearest(metric, names);
        throw new SlopegateError(
          'SERIES_INVALID',
          `there is no metric "${metric}"${series.service === undefined ? '' : ` of ${series.service}`}`,
          {
            location: `${source}:1:1`,
            hint: `${meant === null ? '' : `did you mean "${meant}"? `}Metrics: ${names.length === 0 ? 'none' : names.join(', ')}`,
          },
        );
      }
      const highest = Array.from(series.values[metric] ?? []).reduce((peak, value) => (value > peak ? value : peak), 0);
      if (!COUNTS.has(metric) && highest < LEAST_BYTES) {
        throw new SlopegateError('SERIES_INVALID', `"${metric}" is at most ${highest}: that is no memory in bytes`, {
          location: `${source}:1:1`,
          hint: 'multiply it to bytes, or name its unit in the column: rss_kib, rss_mib',
        });
      }
    }
  return { metric, notes: notesOn(metric, asked) };
}

function notesOn(metric: string, asked: string | null): string[] {
  const used =
    asked === null
      ? [
          `${metric} is judged: the first metric that all recordings hold of ${PREFERENCE.slice(0, 3).join(', ')}…; --metric names another.`,
        ]
      : [];
  const noisy = ['usage_bytes', 'working_set_bytes'].includes(metric)
    ? [
        `${metric} contains page cache, which the kernel takes back and which differs between identical containers; anon_bytes resolves five to thirty times less growth.`,
      ]
    : [];
  return [...used, ...noisy];
}
