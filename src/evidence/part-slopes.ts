import { ARMS, LIVE_METRIC, type ArmName, type Metric } from '../model/index.js';
import { olsSlope } from '../statistics/estimators/ols.js';
import { LIVE_STRETCHES } from '../statistics/method.js';
import type { TrialPair } from './replicates.js';
import { cut, sumOf, type Axis } from './series/cut.js';
import { lowestOf } from './series/lowest.js';
import type { Window } from './series/window.js';
import type { Subject } from './subject.js';

/** Slopes of one replicate; null if the metric was not read, or the service does not exist in that version. */
export type ArmSlopes = Readonly<Record<ArmName, number | null>>;

/**
 * How one kind of memory grew in each usable replicate of a subject, in units of the metric per request or per second.
 * The slopes are ordinary least squares, so the slopes of the parts add up to the slope of the sum. The live heap is no
 * part of the sum, and moves with every request: its slope is that of its lowest readings.
 */
export function partSlopes(
  { services, replicates }: Subject,
  metric: Metric,
  pairs: readonly TrialPair[],
  { axis, windowIn }: { readonly axis: Axis; readonly windowIn: (trial: TrialPair['baseline']) => Window | null },
): ArmSlopes[] {
  return replicates.map(({ replicate }) => {
    const trials = pairs.find((pair) => pair.replicate === replicate);
    const on = (arm: ArmName): number | null => {
      const trial = trials?.[arm];
      const window = trial === undefined ? null : windowIn(trial);
      if (trial === undefined || window === null) return null;
      const parts = services[arm].map((name) => {
        const series = trial.services.find(({ service }) => service === name);
        return series === undefined ? null : cut(series, metric, window, axis);
      });
      const whole = parts.every((part) => part !== null) ? sumOf(parts) : null;
      if (whole === null || whole.x.length < 2) return null;
      const { x, y } = metric === LIVE_METRIC ? lowestOf(whole, LIVE_STRETCHES) : whole;
      return olsSlope(x, y);
    };
    const [baseline = null, candidate = null] = ARMS.map(on);
    return { baseline, candidate };
  });
}
