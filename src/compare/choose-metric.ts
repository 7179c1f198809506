import { SlopegateError, type SeriesNote } from '../model/index.js';
import { COUNTS, memoryRank, metricName, type RecordedRun, type RecordedSeries } from '../series/index.js';
import { nearest } from '../words/nearest.js';
import { requireBytes } from './bytes-or-not.js';

/** The metric that decides, and notes about this choice. */
export interface MetricChoice {
  readonly metric: string;
  readonly notes: readonly SeriesNote[];
}

function metricsOf({ values }: RecordedSeries): string[] {
  return Object.keys(values).filter((name) => {
    const column = values[name] ?? [];
    for (let row = 0; row < column.length; row += 1) if (Number.isFinite(column[row])) return true;
    return false;
  });
}

/**
 * The requested metric, otherwise the most useful kind of memory that all recordings have. A column is used only if its
 * name means memory and its values change: limits are constant.
 * @throws SlopegateError SERIES_INVALID if a recording lacks it, with its columns and the most similar ones
 */
export function chooseMetric(runs: readonly RecordedRun[], asked: string | null): MetricChoice {
  const everywhere = runs.flatMap(({ services }) => services.map(metricsOf));
  const shared = (everywhere[0] ?? []).filter((name) => everywhere.every((names) => names.includes(name)));
  const metric = asked === null ? mostTelling(runs, shared) : named(asked, everywhere);
  refuseMissing(runs, metric);
  if (!COUNTS.has(metric)) requireBytes(runs, metric);
  return { metric, notes: notesOn(metric, asked) };
}

function mostTelling(runs: readonly RecordedRun[], shared: readonly string[]): string {
  const ranked = shared
    .filter((name) => memoryRank(name) !== null)
    .sort((a, b) => (memoryRank(a) ?? 0) - (memoryRank(b) ?? 0));
  const moving = ranked.find((name) => moves(runs, name));
  if (moving !== undefined) return moving;
  const [first] = runs;
  const other =
    runs.find(
      ({ services }) =>
        !services.some((series) =>
          metricsOf(series).some((name) => memoryRank(name) !== null && shared.includes(name)),
        ),
    ) ?? runs.at(-1);
  const columns = (run: RecordedRun | undefined): string =>
    run?.services.flatMap((series) => metricsOf(series).map((name) => `${name} (${cells(series, name)})`)).join(', ') ||
    'no metric';
  throw new SlopegateError(
    'SERIES_INVALID',
    ranked[0] === undefined
      ? 'no column of memory is in all recordings'
      : `${ranked[0]} is the same in every reading of every file, so it is a limit, not memory in use`,
    {
      location: `${first?.source}:1:1`,
      hint:
        `name the column of memory with --metric, or call it anon_bytes or rss_mib; ${first?.source} has ` +
        `${columns(first)}${other === first ? '' : `, ${other?.source} ${columns(other)}`}`,
    },
  );
}

function cells({ values }: RecordedSeries, name: string): string {
  return Array.from({ length: 3 }, (_, row) => values[name]?.[row])
    .filter((value) => value !== undefined)
    .join(', ');
}

/** Whether a metric changes at all, within a recording or between two. */
function moves(runs: readonly RecordedRun[], name: string): boolean {
  let first = Number.NaN;
  for (const { services } of runs)
    for (const { values } of services) {
      const column = values[name] ?? [];
      for (let row = 0; row < column.length; row += 1) {
        const value = column[row] as number;
        if (Number.isNaN(first)) first = value;
        else if (Number.isFinite(value) && value !== first) return true;
      }
    }
  return false;
}

/** The requested name as it is in the recordings: there `RSS(KB)` and `rss_kb` are `rss_bytes`. */
function named(asked: string, everywhere: readonly (readonly string[])[]): string {
  const wanted = [asked, metricName(asked, true), metricName(asked, false)].map((name) => name.toLowerCase());
  const found = everywhere.flat().find((name) => wanted.includes(name.toLowerCase()));
  return found ?? asked;
}

function refuseMissing(runs: readonly RecordedRun[], metric: string): void {
  for (const { source, services } of runs)
    for (const series of services) {
      const names = metricsOf(series);
      if (names.includes(metric)) continue;
      const meant = names.find((name) => name.startsWith(metric)) ?? nearest(metric, names);
      throw new SlopegateError(
        'SERIES_INVALID',
        `there is no metric "${metric}"${series.service === undefined ? '' : ` of ${series.service}`}`,
        {
          location: `${source}:1:1`,
          hint:
            `${meant === null ? '' : `did you mean "${meant}"? `}Metrics: ` +
            (names.length === 0 ? 'none' : names.join(', ')),
        },
      );
    }
}

/** Kinds of memory that contain page cache. */
const WITH_CACHE = new Set(['usage_bytes', 'working_set_bytes']);

function notesOn(metric: string, asked: string | null): SeriesNote[] {
  return [
    ...(asked === null ? [{ code: 'metric-chosen', facts: { metric } } as const] : []),
    ...(WITH_CACHE.has(metric) ? [{ code: 'metric-with-cache', facts: { metric } } as const] : []),
  ];
}
