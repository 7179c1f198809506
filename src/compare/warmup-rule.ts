import type { SeriesNote } from '../model/index.js';
import { WARMUP_REQUESTS, WARMUP_SECONDS } from '../statistics/method.js';
import type { LoadSpan } from './load-span.js';

/** If a recording is too short for that, this share of the load is left out instead. */
const LARGEST_SHARE = 1 / 3;

export interface Warmup {
  readonly seconds: number;
  /** Why so many. */
  readonly note: SeriesNote;
}

/**
 * The start of the load that is not judged: max(60 s, 4,500 requests), but never more than a third of the shortest
 * load. It is the same for all recordings, so that all replicates have the same age when their windows begin.
 */
export function warmupFor(spans: readonly LoadSpan[]): Warmup {
  const standard = Math.max(
    ...spans.map(({ seconds, requests }) =>
      Math.max(WARMUP_SECONDS, requests === null || requests === 0 ? 0 : (WARMUP_REQUESTS * seconds) / requests),
    ),
  );
  const third = LARGEST_SHARE * Math.min(...spans.map(({ seconds }) => seconds));
  if (standard <= third) {
    const seconds = Math.round(standard);
    const leastRequests = spans.some((span) => span.requests !== null) ? WARMUP_REQUESTS : null;
    return {
      seconds,
      note: { code: 'warmup-standard', facts: { seconds, leastSeconds: WARMUP_SECONDS, leastRequests } },
    };
  }
  const seconds = Math.round(third);
  return { seconds, note: { code: 'warmup-short', facts: { seconds, standardSeconds: Math.round(standard) } } };
}
