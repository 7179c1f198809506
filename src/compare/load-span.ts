import type { TrialPhase } from '../model/index.js';
import type { Column, RecordedSeries } from '../series/index.js';

/** The part of a recording with load: the rows of the last reading before the first answer, and of the last answer. */
export interface LoadSpan {
  readonly first: number;
  readonly last: number;
  readonly seconds: number;
  /** Requests answered; null if they were not counted. */
  readonly requests: number | null;
}

/** The requests of a series, if they were counted and rose at all. */
export function countedRequests({ requests }: RecordedSeries): Column | null {
  if (requests === undefined || requests === null) return null;
  const known = Array.from(requests).filter(Number.isFinite);
  return known.length > 1 && (known.at(-1) as number) > (known[0] as number) ? requests : null;
}

/** Load lasts from the first to the last second in which requests rose. Without a count it is the whole recording. */
export function loadSpan(series: RecordedSeries): LoadSpan {
  const { time } = series;
  const requests = countedRequests(series);
  const end = time.length - 1;
  if (requests === null)
    return { first: 0, last: end, seconds: (time[end] as number) - (time[0] as number), requests: null };
  const lowest = Array.from(requests).find(Number.isFinite) as number;
  const counts = Array.from(requests);
  const highest = counts.findLast(Number.isFinite) as number;
  const first = Math.max(
    0,
    counts.findLastIndex((value) => value === lowest),
  );
  const last = counts.indexOf(highest);
  return { first, last, seconds: (time[last] as number) - (time[first] as number), requests: highest - lowest };
}

/** How much is left out at the start of a load, and how much of the rest is judged. */
export interface Cut {
  readonly warmupSeconds: number;
  readonly windowSeconds: number;
}

/** The phases of one trial: the warm-up at the start of the load, the window, and the idle seconds after the load. */
export function phasesOf(series: RecordedSeries, span: LoadSpan, { warmupSeconds, windowSeconds }: Cut): TrialPhase[] {
  const { time } = series;
  const requests = countedRequests(series);
  const edge = (row: number): TrialPhase['from'] => ({ time: time[row] as number, requests: lastKnown(requests, row) });
  const start = time[span.first] as number;
  let begin = span.first;
  while (begin < span.last && (time[begin] as number) < start + warmupSeconds) begin += 1;
  let close = span.last;
  // One second of tolerance, because readings that are due each second come a little late.
  while (close > begin && (time[close] as number) > start + warmupSeconds + windowSeconds + 1) close -= 1;
  const end = time.length - 1;
  return [
    { name: 'warmup', from: edge(span.first), to: edge(begin) },
    { name: 'window', from: edge(begin), to: edge(close) },
    ...(end > span.last ? [{ name: 'idle' as const, from: edge(span.last), to: edge(end) }] : []),
  ];
}

function lastKnown(requests: Column | null, row: number): number {
  return requests === null
    ? 0
    : (Array.from(requests)
        .slice(0, row + 1)
        .findLast(Number.isFinite) ?? 0);
}
