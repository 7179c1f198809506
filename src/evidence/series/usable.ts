import type { Metric, TrialRecording } from '../../model/index.js';
import type { SeriesFault } from '../../results/index.js';
import type { ArmSeries } from '../../statistics/estimators/pair-measure.js';
import { FEWEST_JUDGED, FEWEST_READ_SHARE } from '../../statistics/method.js';
import { median } from '../../statistics/numbers.js';
import type { Axis } from './cut.js';
import { loneReadings } from './lone-readings.js';
import { suddenFalls } from './sudden-falls.js';
import type { Window } from './window.js';

/** No process needs less than one page. */
const LEAST_BYTES = 4096;
/** No process has more: the addresses of one on x86-64, and the largest number of processes of a kernel. */
const MOST_BYTES = 2 ** 47;
const MOST_COUNT = 2 ** 22;
/** If this many readings in a row are lower, the process is gone. Fewer were read wrongly. */
const DEAD_READINGS = 3;
/** The number of answers in the readings and in the replay may differ by this share and by two seconds. */
const COUNTED_SHARE = 0.02;
const COUNTED_SECONDS = 2;

/** A tool with an even pace has fewer readings than this share of its steps: most were lost, though not in a row. */
const FEWEST_GRID_SHARE = 0.5;
/** This share of the distances between readings is no longer than the tool's own pace, even if most were lost. */
const SHORT_GAPS = 0.2;
/** Distances are multiples of the pace up to this share of it. */
const GAP_TOLERANCE = 0.1;

/** Readings may end before the window does by the largest of: a share of it, some usual steps, and some seconds. */
const MOST_UNREAD_END = 0.1;
const UNREAD_STEPS = 2;
/** A busy host may not read for some seconds. */
const UNREAD_SECONDS = 5;

/** Why a cut series cannot be used as evidence; null if it can. */
export function objection(
  series: ArmSeries | null,
  window: Window,
  axis: Axis,
  fewestRequests: number,
  trial: TrialRecording,
): SeriesFault | null {
  if (series === null) return { code: 'not-measured', facts: {} };
  const points = series.x.length;
  if (points < FEWEST_JUDGED) return { code: 'few-readings', facts: { readings: points, needed: FEWEST_JUDGED } };
  const span = (series.x[points - 1] as number) - (series.x[0] as number);
  if (!(span > 0)) return { code: axis === 'requests' ? 'nothing-answered' : 'no-time', facts: {} };
  if (axis === 'requests' && span < fewestRequests)
    return { code: 'few-requests', facts: { requests: span, needed: fewestRequests } };
  if (axis === 'requests' && trial.replay !== null && falls(series.x)) return { code: 'answers-fell', facts: {} };
  const seconds = secondsRead(series, trial);
  const windowSeconds = window.to - window.from;
  if (seconds < FEWEST_READ_SHARE * windowSeconds) return { code: 'short-coverage', facts: { seconds, windowSeconds } };
  return axis === 'requests' ? countedOtherwise(series, trial) : null;
}

/** That the readings end long before the window does, so later growth is not seen; null if they do not. */
export function endsEarly({ time }: ArmSeries, window: Window): SeriesFault | null {
  const seconds = window.to - (time[time.length - 1] as number);
  const windowSeconds = window.to - window.from;
  return seconds > Math.max(MOST_UNREAD_END * windowSeconds, UNREAD_STEPS * usualGap(time), UNREAD_SECONDS)
    ? { code: 'ends-early', facts: { seconds, windowSeconds } }
    : null;
}

/** Number of different seconds with a reading. */
function secondsRead({ time }: ArmSeries, { replay }: TrialRecording): number {
  // Our own runs read once per second.
  if (replay !== null) return new Set(Array.from(time, Math.floor)).size;
  const seconds = time.length * usualGap(time);
  const onGrid = time.length * shortestGap(time);
  const span = (time[time.length - 1] as number) - (time[0] as number);
  return onGrid < FEWEST_GRID_SHARE * span ? Math.min(seconds, onGrid) : seconds;
}

/**
 * Seconds from one reading to the next of a tool that reads at an even pace, if readings are missing: all distances are
 * multiples of it. Infinity if the pace is not even.
 */
function shortestGap(time: ArmSeries['time']): number {
  const gaps = gapsOf(time).sort((a, b) => a - b);
  const shortest = gaps[Math.floor(SHORT_GAPS * (gaps.length - 1))] as number;
  const steps = gaps.map((gap) => gap / shortest);
  return steps.every((step) => Math.abs(step - Math.round(step)) < GAP_TOLERANCE) ? shortest : Number.POSITIVE_INFINITY;
}

/** Seconds from one reading to the next, typically. */
function usualGap(time: ArmSeries['time']): number {
  return median(gapsOf(time));
}

const gapsOf = (time: ArmSeries['time']): number[] =>
  Array.from({ length: time.length - 1 }, (_, i) => (time[i + 1] as number) - (time[i] as number));

/** Whether a count of answers went down. In one replay this is impossible. */
function falls(x: ArmSeries['x']): boolean {
  for (let i = 1; i < x.length; i += 1) if ((x[i] as number) < (x[i - 1] as number)) return true;
  return false;
}

/** The readings and the replay both counted the answers. If they disagree, one of them belongs to another run. */
function countedOtherwise({ time, x }: ArmSeries, { replay, phases, services }: TrialRecording): SeriesFault | null {
  if (replay === null) return null;
  const perSecond = replay.seconds > 0 ? replay.sent / replay.seconds : 0;
  const tolerance = COUNTED_SHARE * replay.sent + COUNTED_SECONDS * perSecond;
  const fault = (counted: number, answered: number): SeriesFault => ({
    code: 'answers-counted-otherwise',
    facts: { counted, answered },
  });
  const counted = Math.max(0, ...services.map(({ requests }) => requests.at(-1) ?? 0));
  const answered = replay.answered + (replay.aborted ?? 0);
  if (Math.abs(counted - answered) > replay.sent - answered + tolerance) return fault(counted, answered);
  // The count of one service may be stuck where those of the others are not.
  const end = phases.find(({ name }) => name === 'window')?.to;
  const [at, last] = [time[time.length - 1] as number, x[x.length - 1] as number];
  return end !== undefined && at > end.time - COUNTED_SECONDS && Math.abs(last - end.requests) > tolerance
    ? fault(last, end.requests)
    : null;
}

/** A container of these services that ran and was never read; null if all were read. */
export function containerUnread(
  { services: read, containers }: TrialRecording,
  services: readonly string[],
): SeriesFault | null {
  for (const { service, container } of containers) {
    const series = services.includes(service) ? read.find((one) => one.service === service) : undefined;
    if (series?.containers !== undefined && !series.containers.includes(container))
      return { code: 'container-not-measured', facts: { service, container } };
  }
  return null;
}

/** The least that a running process has of a metric: a page of memory, a thread; null if it may have none. */
function leastOf(metric: Metric): number | null {
  if (metric.endsWith('_bytes')) return LEAST_BYTES;
  return metric === 'fds' || metric === 'threads' || metric === 'pids' ? 1 : null;
}

/** Readings that no running process has, so many in a row that they were not read wrongly; null if there are none. */
export function notAlive({ y }: ArmSeries, metric: Metric): SeriesFault | null {
  const least = leastOf(metric);
  if (least === null) return null;
  let [readings, inARow, mostInARow, lowest] = [0, 0, 0, Number.POSITIVE_INFINITY];
  for (let i = 0; i < y.length; i += 1) {
    const value = y[i] as number;
    inARow = value < least ? inARow + 1 : 0;
    mostInARow = Math.max(mostInARow, inARow);
    if (value >= least) continue;
    readings += 1;
    lowest = Math.min(lowest, value);
  }
  return mostInARow < DEAD_READINGS ? null : { code: 'no-living-process', facts: { metric, readings, lowest } };
}

/** How long after an action memory may fall on its account. */
const ACTION_SECONDS = 30;

/**
 * A sudden fall of memory in a run of ours that neither an event nor an action tells of: most likely the process was
 * replaced, and the growth of the one before is hidden. Null if there is none.
 */
export function replacedUnseen(
  series: ArmSeries,
  metric: Metric,
  { replay, actions = [] }: TrialRecording,
): SeriesFault | null {
  if (replay === null || !metric.endsWith('_bytes')) return null;
  const fall = suddenFalls(series).find(({ at }) =>
    actions.every(({ time, seconds }) => at < time || at > time + seconds + ACTION_SECONDS),
  );
  return fall === undefined ? null : { code: 'memory-fell', facts: { ...fall } };
}

/** A series, and the readings in it that were misread. */
export interface Cleaned {
  readonly series: ArmSeries;
  /** Lone readings far from both neighbours; those that no living process has are not among them. */
  readonly lone: readonly number[];
}

/**
 * A series without single readings that were misread: no living process has them, or they are far from their
 * neighbours.
 */
export function withoutMisread(series: ArmSeries, metric: Metric): Cleaned {
  const least = leastOf(metric);
  const most = metric.endsWith('_bytes') ? MOST_BYTES : MOST_COUNT;
  const living = picked(series, (i) => {
    const value = series.y[i] as number;
    return (least === null || value >= least) && value <= most;
  });
  const lone = new Set(loneReadings(living.y, metric));
  return {
    series: picked(living, (i) => !lone.has(i)),
    lone: [...Array.from(series.y).filter((value) => value > most), ...Array.from(lone, (i) => living.y[i] as number)],
  };
}

function picked(series: ArmSeries, keeps: (index: number) => boolean): ArmSeries {
  const kept = Array.from(series.y, (_, i) => i).filter(keeps);
  if (kept.length === series.y.length) return series;
  const pick = (values: ArmSeries['x']): Float64Array => Float64Array.from(kept, (i) => values[i] as number);
  return { time: pick(series.time), x: pick(series.x), y: pick(series.y) };
}
