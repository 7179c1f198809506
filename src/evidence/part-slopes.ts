import { ARMS, LIVE_METRIC, type ArmName, type Metric, type TrialRecording } from '../model/index.js';
import type { ArmSeries } from '../statistics/estimators/pair-measure.js';
import { olsSlope } from '../statistics/estimators/ols.js';
import { LIVE_STRETCHES } from '../statistics/method.js';
import type { TrialPair } from './replicates.js';
import { cut, sumOf, type Axis } from './series/cut.js';
import { lowestOf } from './series/lowest.js';
import type { Window } from './series/window.js';
import type { Subject } from './subject.js';

/** Slopes of one replicate; null if the metric was not read, or the service does not exist in that version. */
export type ArmSlopes = Readonly<Record<ArmName, number | null>>;

/** How the trials are cut. */
export interface Cutting {
  readonly axis: Axis;
  readonly windowIn: (trial: TrialRecording) => Window | null;
}

/**
 * How one kind of memory grew in each usable replicate of a subject, in units of the metric per request or per second.
 * The slopes are ordinary least squares, so the slopes of the parts add up to the slope of the sum. The live heap is no
 * part of the sum, and moves with every request: its slope is that of its lowest readings.
 */
export function partSlopes(
  { services, replicates }: Subject,
  metric: Metric,
  pairs: readonly TrialPair[],
  cutting: Cutting,
): ArmSlopes[] {
  return replicates.map(({ replicate }) => {
    const trials = pairs.find((pair) => pair.replicate === replicate);
    const [baseline = null, candidate = null] = ARMS.map((arm) => {
      const part = trials === undefined ? null : partOn(arm, trials[arm], services, metric, cutting);
      return part === null ? null : olsSlope(part.x, part.y);
    });
    return { baseline, candidate };
  });
}

/** One kind of memory of a service in the window of a trial; null if it was not read. */
function partOn(
  arm: ArmName,
  trial: TrialRecording,
  services: Subject['services'],
  metric: Metric,
  { axis, windowIn }: Cutting,
): ArmSeries | null {
  const window = windowIn(trial);
  if (window === null) return null;
  const parts = services[arm].map((name) => {
    const series = trial.services.find(({ service }) => service === name);
    return series === undefined ? null : cut(series, metric, window, axis);
  });
  const whole = parts.length > 0 && parts.every((part) => part !== null) ? sumOf(parts) : null;
  if (whole === null || whole.x.length < 2) return null;
  return metric === LIVE_METRIC ? lowestOf(whole, LIVE_STRETCHES) : whole;
}

/**
 * The lowest readings of the live heap in each usable replicate. Null if it was not read on both versions in all of
 * them.
 */
export function liveCurves(
  { services, replicates }: Subject,
  pairs: readonly TrialPair[],
  cutting: Cutting,
): readonly Readonly<Record<ArmName, ArmSeries>>[] | null {
  const found = replicates.map(({ replicate }) => {
    const trials = pairs.find((pair) => pair.replicate === replicate);
    if (trials === undefined) return null;
    const [baseline = null, candidate = null] = ARMS.map((arm) => {
      const lowest = partOn(arm, trials[arm], services, LIVE_METRIC, cutting);
      return lowest === null || lowest.x.length < LIVE_STRETCHES ? null : lowest;
    });
    return baseline === null || candidate === null ? null : { baseline, candidate };
  });
  return found.length > 0 && found.every((one) => one !== null) ? found : null;
}
