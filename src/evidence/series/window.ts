import type { RequestSpan, SeriesColumn, TrialRecording } from '../../model/index.js';

/** The judged part of a trial, seconds since it began. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * The window that the run recorded. For recorded series without phases it is derived: load lasts from the first to the
 * last second in which requests were answered, and the warm-up is removed from its beginning. Without a requests
 * column, the warm-up is removed from the whole recording. Null if a run ended before its window.
 */
export function windowOf(trial: TrialRecording, warmup: RequestSpan): Window | null {
  const phase = trial.phases.find(({ name }) => name === 'window');
  if (phase !== undefined) return { from: phase.from.time, to: phase.to.time };
  if (trial.phases.length > 0 || trial.replay !== null) return null;
  const load = loadOf(trial);
  if (load === null) return null;
  const { time, requests, first, last } = load;
  const startTime = time[first] ?? 0;
  const startRequests = requests[first] ?? Number.NaN;
  let begin = first;
  while (
    begin < last &&
    ((time[begin] ?? 0) < startTime + warmup.seconds || (requests[begin] ?? 0) - startRequests < warmup.requests)
  )
    begin += 1;
  return { from: time[begin] ?? 0, to: time[last] ?? 0 };
}

interface Load {
  readonly time: SeriesColumn;
  readonly requests: SeriesColumn;
  /** Indices of the last second before the first answer, and of the second with the last answer. */
  readonly first: number;
  readonly last: number;
}

/** When the load began and ended, from the requests column of the trial's first service. */
function loadOf(trial: TrialRecording): Load | null {
  const series = trial.services[0];
  if (series === undefined || series.time.length < 2) return null;
  const { time, requests } = series;
  const end = time.length - 1;
  if (!requests.some(Number.isFinite)) return { time, requests, first: 0, last: end };
  const lowest = requests.find(Number.isFinite) ?? 0;
  let highest = lowest;
  for (const value of requests) if (value > highest) highest = value;
  const first = Math.max(0, requests.findIndex((value) => value > lowest) - 1);
  const last = requests.indexOf(highest);
  return { time, requests, first, last };
}

/** Second at which the load began: the end of the rest, or the first answer. */
export function loadBegan(trial: TrialRecording): number {
  const warmup = trial.phases.find(({ name }) => name === 'warmup');
  if (warmup !== undefined) return warmup.from.time;
  const load = loadOf(trial);
  return load?.time[load.first] ?? 0;
}
