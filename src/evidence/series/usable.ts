import type { Metric, SeriesFault, TrialRecording } from '../../model/index.js';
import type { ArmSeries } from '../../statistics/estimators/growth-evidence.js';
import { FEWEST_POINTS, FEWEST_READ_SHARE } from '../../statistics/method.js';
import { median } from '../../statistics/numbers.js';
import type { Axis } from './cut.js';
import type { Window } from './window.js';

/** A harness of ours reads once a second. */
const CADENCE_SECONDS = 1;
/** No process lives in less than one page. */
const LEAST_BYTES = 4096;
/** The answers by the readings and those by the replay may differ by this share, and by two seconds. */
const COUNTED_SHARE = 0.02;
const COUNTED_SECONDS = 2;

/** Why a cut series is no evidence; null where it is. */
export function objection(
  series: ArmSeries | null,
  window: Window,
  axis: Axis,
  fewestRequests: number,
  trial: TrialRecording,
): SeriesFault | null {
  if (series === null) return { code: 'not-measured', facts: {} };
  const points = series.x.length;
  if (points < FEWEST_POINTS) return { code: 'few-readings', facts: { readings: points, needed: FEWEST_POINTS } };
  const span = (series.x[points - 1] as number) - (series.x[0] as number);
  if (!(span > 0)) return { code: axis === 'requests' ? 'nothing-answered' : 'no-time', facts: {} };
  if (axis === 'requests' && span < fewestRequests)
    return { code: 'few-requests', facts: { requests: span, needed: fewestRequests } };
  const seconds = points * cadenceOf(series, trial);
  const windowSeconds = window.to - window.from;
  if (seconds < FEWEST_READ_SHARE * windowSeconds) return { code: 'short-coverage', facts: { seconds, windowSeconds } };
  return axis === 'requests' ? countedOtherwise(trial) : null;
}

/** Seconds that one reading stands for: those that were read are counted, not those between the first and the last. */
function cadenceOf({ time }: ArmSeries, { replay }: TrialRecording): number {
  if (replay !== null) return CADENCE_SECONDS;
  return median(
    Float64Array.from({ length: time.length - 1 }, (_, i) => (time[i + 1] as number) - (time[i] as number)),
  );
}

/** The readings and the replay each counted the answers; where they disagree, one of them is of another run. */
function countedOtherwise({ replay, services }: TrialRecording): SeriesFault | null {
  if (replay === null) return null;
  const counted = Math.max(0, ...services.map(({ requests }) => requests.at(-1) ?? 0));
  const answered = replay.answered + (replay.aborted ?? 0);
  const apart = Math.abs(counted - answered);
  const perSecond = replay.seconds > 0 ? replay.sent / replay.seconds : 0;
  return apart > replay.sent - answered + COUNTED_SHARE * replay.sent + COUNTED_SECONDS * perSecond
    ? { code: 'answers-counted-otherwise', facts: { counted, answered } }
    : null;
}

/** Readings of memory that no living process has; null where there are none. */
export function notAlive(series: ArmSeries, metric: Metric): SeriesFault | null {
  if (!metric.endsWith('_bytes')) return null;
  let readings = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < series.y.length; i += 1) {
    const value = series.y[i] as number;
    if (value < LEAST_BYTES) {
      readings += 1;
      lowest = Math.min(lowest, value);
    }
  }
  return readings === 0 ? null : { code: 'no-living-memory', facts: { readings, bytes: lowest } };
}
