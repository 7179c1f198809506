import { SlopegateError } from '../model/index.js';
import type { RecordedRun, RecordedSeries } from '../series/index.js';
import { count } from '../words/numbers.js';
import { countedRequests } from './load-span.js';

/**
 * A version without requests does not grow, so it would pass beside a version with load.
 * @throws SlopegateError SERIES_INVALID if the requests of a service rise in one recording, and in another one they
 *   never do, or their column is empty
 */
export function refuseWithoutLoad(runs: readonly RecordedRun[]): void {
  const all = runs.flatMap(({ source, services }) => services.map((series) => ({ source, series })));
  for (const { source, series } of all) {
    const idle = idleWords(series);
    if (idle === null) continue;
    const loaded = all.find((one) => one.series.service === series.service && countedRequests(one.series) !== null);
    if (loaded === undefined) continue;
    const where = series.service === undefined ? '' : ` of ${series.service}`;
    throw new SlopegateError(
      'SERIES_INVALID',
      `the requests${where} ${idle} in this recording, and rise in ${loaded.source}`,
      {
        location: `${source}:1:1`,
        hint:
          'without requests there is no growth per request, so nothing can pass: record both versions under the same ' +
          'load, or name the column that counts requests with --requests-column',
      },
    );
  }
}

/** What a count of requests does that does not rise; null if there is no count, or it rises. */
function idleWords(series: RecordedSeries): string | null {
  if (series.requests == null || countedRequests(series) !== null) return null;
  const known = Array.from(series.requests).filter(Number.isFinite);
  return known.length < 2 ? 'are not counted' : `stay at ${count(known[0] as number)}`;
}
