import { WARMUP_REQUESTS, WARMUP_SECONDS } from '../statistics/method.js';
import type { LoadSpan } from './load-span.js';

/** Of a recording too short for that, the share of the load that is given up instead. */
const LARGEST_SHARE = 1 / 3;

export interface Warmup {
  readonly seconds: number;
  /** Why so many, in words for the report. */
  readonly note: string;
}

/**
 * The start of the load that is not judged: max(60 s, 4,500 requests), but never more than a third of the shortest
 * load.
 * One figure for all recordings, so that all replicates are of the same age when their windows begin.
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
    const requests = spans.some((span) => span.requests !== null) ? ' and 4,500 requests' : '';
    return {
      seconds,
      note: `The first ${seconds} s of load are left out as warm-up: at least ${WARMUP_SECONDS} s${requests}.`,
    };
  }
  const seconds = Math.round(third);
  return {
    seconds,
    note:
      `The first ${seconds} s of load are left out as warm-up: a third of the shortest recording, which is too ` +
      `short for the ${Math.round(standard)} s of the method. The rest of the start-up looks like growth ` +
      `on both sides.`,
  };
}
