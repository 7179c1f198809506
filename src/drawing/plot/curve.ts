import { phasesOf } from '../../facts/index.js';
import type { ArmName, PhaseSpan } from '../../model/index.js';
import { shortTime } from '../../words/numbers.js';
import type { PlotSeries, Result, WordedAssessment } from '../../results/index.js';

/** A drawn series with its axis, and its place in `Result.plots`, from which the page reads values. */
export interface Curve {
  readonly arm: ArmName;
  readonly replicate: number;
  readonly index: number;
  readonly x: readonly number[];
  /** Seconds since the trial began, at each point. */
  readonly time: readonly number[];
  readonly values: readonly number[];
  readonly window: readonly [from: number, to: number];
}

export interface Pair {
  readonly replicate: number;
  /** Actions on the arms during this time, on the axis of the curves. */
  readonly actions: readonly { readonly name: string; readonly x: number }[];
  /** Mixes of the window; empty if the axis does not count requests. */
  readonly phases: readonly PhaseSpan[];
  readonly baseline: Curve | null;
  readonly candidate: Curve | null;
}

function curve(series: PlotSeries, index: number, axis: WordedAssessment['axis']): Curve {
  return {
    arm: series.arm,
    replicate: series.replicate,
    index,
    x: axis === 'requests' ? series.requests : series.time,
    time: series.time,
    values: series.values,
    window: series.window,
  };
}

/**
 * Both arms' curves of one metric of one role, replicate by replicate; or those of the longer pairs that confirm a
 * FAIL.
 */
export function pairsOf(
  result: Result,
  role: string,
  metric: string,
  purpose: PlotSeries['purpose'] = 'replicate',
): readonly Pair[] {
  const curves = result.plots.flatMap((series, index) =>
    series.purpose === purpose && series.role === role && series.metric === metric && series.values.length > 0
      ? [curve(series, index, result.verdict.assessment.axis)]
      : [],
  );
  const replicates = [...new Set(curves.map(({ replicate }) => replicate))].sort((a, b) => a - b);
  const find = (replicate: number, arm: ArmName): Curve | null =>
    curves.find((one) => one.replicate === replicate && one.arm === arm) ?? null;
  const phases = (replicate: number): Pair['phases'] =>
    result.verdict.assessment.axis === 'requests' ? phasesOf(result, replicate, purpose) : [];
  return replicates.map((replicate) => ({
    replicate,
    actions: actionsOf(result, replicate, purpose),
    phases: phases(replicate),
    baseline: find(replicate, 'baseline'),
    candidate: find(replicate, 'candidate'),
  }));
}

/** Both arms do the same at the same request, so one mark is enough. */
function actionsOf({ trials, verdict }: Result, replicate: number, purpose: PlotSeries['purpose']): Pair['actions'] {
  const actions =
    trials.find((trial) => trial.replicate === replicate && trial.purpose === purpose && trial.actions !== undefined)
      ?.actions ?? [];
  return actions.map(({ name, requests, time }) => ({
    name,
    x: verdict.assessment.axis === 'requests' ? requests : time,
  }));
}

export function curvesOf(pairs: readonly Pair[]): readonly Curve[] {
  return pairs.flatMap(({ baseline, candidate }) => [baseline, candidate].filter((one) => one !== null));
}

/** The time since the trial began at each place of the axis, for a second row of numbers below it; null if unknown. */
export function timeBelow({ x, time }: Curve): (place: number) => string | null {
  const points = x.map((at, index) => [at, time[index] ?? Number.NaN] as const);
  return (place) => {
    const seconds = valueAt(points, place);
    return Number.isFinite(seconds) ? shortTime(seconds) : null;
  };
}

/** Points inside the judged window. */
export function judgedPoints({
  x,
  values,
  window: [from, to],
}: Curve): readonly (readonly [x: number, value: number])[] {
  return x.flatMap((at, index) => (at >= from && at <= to ? [[at, values[index] ?? Number.NaN] as const] : []));
}

/** Value at `x` on the straight line between the neighbouring points; NaN outside. */
export function valueAt(points: readonly (readonly [x: number, value: number])[], x: number): number {
  const after = points.findIndex((point) => point[0] >= x);
  const [right, left] = [points[after], points[Math.max(0, after - 1)]];
  if (right === undefined || left === undefined || (after === 0 && right[0] > x)) return Number.NaN;
  return right[0] === left[0] ? right[1] : left[1] + ((right[1] - left[1]) * (x - left[0])) / (right[0] - left[0]);
}
