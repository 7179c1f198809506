import { phasesOf } from '../../facts/index.js';
import type { ArmName, PhaseSpan } from '../../model/index.js';
import type { PlotSeries, Result, TrialSummary, WordedAssessment } from '../../results/index.js';
import { momentWords } from '../../words/clock.js';

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
  /** The wall clock at second 0, ISO 8601; absent if it is not known. */
  readonly clockAtZero?: string;
}

export interface Pair {
  readonly replicate: number;
  /** Actions on the arms during this time, on the axis of the curves; `when` is for people. */
  readonly actions: readonly { readonly name: string; readonly x: number; readonly when: string }[];
  /** Mixes of the window; empty if the axis does not count requests. */
  readonly phases: readonly PhaseSpan[];
  readonly baseline: Curve | null;
  readonly candidate: Curve | null;
}

function curve(
  series: PlotSeries,
  index: number,
  axis: WordedAssessment['axis'],
  trial: TrialSummary | undefined,
): Curve {
  return {
    arm: series.arm,
    replicate: series.replicate,
    index,
    x: axis === 'requests' ? series.requests : series.time,
    time: series.time,
    values: series.values,
    window: series.window,
    ...(trial?.clockAtZero !== undefined && { clockAtZero: trial.clockAtZero }),
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
      ? [curve(series, index, result.verdict.assessment.axis, trialOf(result, series))]
      : [],
  );
  const replicates = [...new Set(curves.map(({ replicate }) => replicate))].sort((a, b) => a - b);
  // A pair that was repeated has two curves of each arm. The last one counts.
  const find = (replicate: number, arm: ArmName): Curve | null =>
    curves.findLast((one) => one.replicate === replicate && one.arm === arm) ?? null;
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

/** The trial of a drawn series. A pair that was repeated has the trial that counts. */
function trialOf({ trials }: Result, { replicate, purpose, arm }: PlotSeries): TrialSummary | undefined {
  return trials.findLast((one) => one.replicate === replicate && one.purpose === purpose && one.arm === arm);
}

/** Both arms do the same at the same request, so one mark is enough. */
function actionsOf({ trials, verdict }: Result, replicate: number, purpose: PlotSeries['purpose']): Pair['actions'] {
  const trial = trials.findLast(
    (one) => one.replicate === replicate && one.purpose === purpose && one.actions !== undefined,
  );
  return (trial?.actions ?? []).map(({ name, requests, time }) => ({
    name,
    x: verdict.assessment.axis === 'requests' ? requests : time,
    when: momentWords(trial?.clockAtZero, time),
  }));
}

export function curvesOf(pairs: readonly Pair[]): readonly Curve[] {
  return pairs.flatMap(({ baseline, candidate }) => [baseline, candidate].filter((one) => one !== null));
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
