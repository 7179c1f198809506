import {
  PRIMARY_METRIC,
  STACK_ROLE,
  type Metric,
  type TrialPhase,
  type Recording,
  type SeriesColumn,
  type ServiceSeries,
  type TrialRecording,
} from '../model/index.js';
import type { Assessment, PlotSeries } from '../results/index.js';
import { pointLimits, thin } from './thin.js';

type Axis = Assessment['axis'];
interface Curve {
  readonly time: SeriesColumn;
  readonly requests: SeriesColumn;
  readonly values: SeriesColumn;
}

function curveOf(series: ServiceSeries, metric: string): Curve[] {
  const values = series.minimum[metric as Metric] ?? series.median[metric as Metric];
  return values === undefined || !values.some(Number.isFinite)
    ? []
    : [{ time: series.time, requests: series.requests, values }];
}

/** The sum of curves at the times of the first one. Each of the others counts with its last value up to that second. */
function sum(curves: readonly Curve[]): Curve | null {
  const [first, ...others] = curves;
  if (first === undefined) return null;
  const values = Float64Array.from(first.values);
  for (const other of others) {
    let at = 0;
    for (let index = 0; index < values.length; index += 1) {
      while (at + 1 < other.time.length && (other.time[at + 1] ?? 0) <= (first.time[index] ?? 0) + 0.5) at += 1;
      values[index] = (values[index] ?? 0) + (other.values[at] ?? Number.NaN);
    }
  }
  return { ...first, values };
}

function windowOf(phases: readonly TrialPhase[], curve: Curve, axis: Axis): readonly [from: number, to: number] {
  const key = axis === 'requests' ? 'requests' : 'time';
  const judged = phases.find((phase) => phase.name === 'window');
  if (judged !== undefined) return [judged.from[key], judged.to[key]];
  const x = curve[key].filter(Number.isFinite);
  return [phases.find((phase) => phase.name === 'warmup')?.to[key] ?? x[0] ?? 0, x[x.length - 1] ?? 0];
}

/** A curve that is drawn, and what it shows. */
interface Drawn {
  readonly of: TrialRecording;
  readonly role: string;
  readonly metric: string;
  readonly curve: Curve;
}

/** Memory is what the verdict is about, so its curves keep more points than counts. */
const weightOf = ({ metric }: Drawn): number => (metric === PRIMARY_METRIC ? 3 : 1);

function plot({ of: { trial, phases }, role, metric, curve }: Drawn, limit: number, axis: Axis): PlotSeries {
  const kept = thin(curve.values, limit).filter(
    (index) => axis === 'seconds' || Number.isFinite(curve.requests[index]),
  );
  const pick = (column: SeriesColumn, digits: number): number[] =>
    kept.map((index) => Number((column[index] ?? 0).toFixed(digits)));
  return {
    replicate: trial.replicate,
    purpose: trial.purpose,
    arm: trial.arm,
    role,
    metric,
    requests: axis === 'requests' ? pick(curve.requests, 0) : [],
    time: pick(curve.time, 2),
    values: pick(curve.values, 0),
    window: windowOf(phases, curve, axis),
  };
}

/**
 * Metrics to draw for a role: the primary one, every judged one, and descriptors, which can leak while memory does not.
 */
function metricsOf(assessment: Assessment, role: string): readonly string[] {
  const judged = assessment.services.filter((service) => service.role === role).map((service) => service.metric);
  return [...new Set([PRIMARY_METRIC, ...judged, ...(role === STACK_ROLE ? [] : ['fds'])])];
}

/** Services of the stack: those that the assessment names, otherwise all that decide. */
function inStack(recording: Recording, assessment: Assessment, trial: TrialRecording): readonly ServiceSeries[] {
  const named = assessment.services.find((service) => service.role === STACK_ROLE)?.services[trial.trial.arm];
  const { unjudged } = recording.manifest.scenario.stack;
  return trial.services.filter((series) =>
    named !== undefined && named.length > 0 ? named.includes(series.service) : !unjudged.includes(series.service),
  );
}

/**
 * What the report draws: every role and the stack's total, in every replicate of both arms and in the longer pair that
 * confirms a FAIL.
 */
export function plotSeries(recording: Recording, assessment: Assessment): readonly PlotSeries[] {
  const drawn = recording.trials.flatMap((trial) => curvesOf(recording, assessment, trial));
  const limits = pointLimits(drawn.map(weightOf));
  return drawn.map((one, index) => plot(one, limits[index] as number, assessment.axis));
}

function curvesOf(recording: Recording, assessment: Assessment, trial: TrialRecording): readonly Drawn[] {
  const byRole = new Map(
    [...new Set(trial.services.map((series) => series.role))].map((role) => [
      role,
      trial.services.filter((series) => series.role === role),
    ]),
  );
  const members = inStack(recording, assessment, trial);
  if (members.length > 0) byRole.set(STACK_ROLE, [...members]);
  return [...byRole].flatMap(([role, services]) =>
    metricsOf(assessment, role).flatMap((metric) => {
      const curves = services.flatMap((series) => curveOf(series, metric));
      // In a sum without one of its parts, memory would seem to fall.
      const curve = curves.length === services.length ? sum(curves) : null;
      return curve === null ? [] : [{ of: trial, role, metric, curve }];
    }),
  );
}
