import {
  ARMS,
  RECORDING_SCHEMA,
  type ArmName,
  type Metric,
  type Recording,
  type SeriesNote,
  type Scenario,
  type ServiceSeries,
  type TrialRecording,
} from '../model/index.js';
import { UNNAMED_SERVICE, type Column, type RecordedRun, type RecordedSeries } from '../series/index.js';
import { countedRequests, loadSpan, phasesOf, type Cut, type LoadSpan } from './load-span.js';

export interface RecordingFacts {
  readonly scenario: Scenario;
  readonly cut: Cut;
  readonly notes: readonly SeriesNote[];
  readonly judgedAt: Date;
}

/** Replicates as they were given: the n-th runs of both arms belong together. */
export type Replicates = Readonly<Record<ArmName, readonly RecordedRun[]>>;

/**
 * The recording that a run of slopegate would have made of these series, with null for everything that was not
 * observed.
 */
export function toRecording(replicates: Replicates, { scenario, cut, notes, judgedAt }: RecordingFacts): Recording {
  const at = judgedAt.toISOString();
  const trials = replicates.baseline.flatMap((_, index) =>
    ARMS.map((arm) => toTrial(replicates[arm][index] as RecordedRun, arm, index + 1, cut, at)),
  );
  return {
    manifest: {
      schema: RECORDING_SCHEMA,
      runId: `recorded-${at.replace(/[-:]/g, '').slice(0, 15)}`,
      startedAt: at,
      endedAt: at,
      scenario,
      trace: null,
      host: null,
      notes,
    },
    trials,
  };
}

/** The run with its clock set to 0 at its first reading, because slopes are never fitted on epoch time. */
export function fromZero(run: RecordedRun): RecordedRun {
  const origin = Math.min(...run.services.map(({ time }) => time[0] as number));
  if (origin === 0) return run;
  return {
    ...run,
    services: run.services.map((series) => ({
      ...series,
      time: Float64Array.from(series.time, (time) => time - origin),
    })),
  };
}

/** The part of a run with load, taken from its first service. */
export function spanOf({ services: [first] }: RecordedRun): LoadSpan {
  return loadSpan(first as RecordedSeries);
}

function toTrial(run: RecordedRun, arm: ArmName, replicate: number, cut: Cut, at: string): TrialRecording {
  return {
    trial: { id: `${replicate}-${arm}`, arm, replicate, purpose: 'replicate' },
    startedAt: at,
    phases: phasesOf(run.services[0] as RecordedSeries, spanOf(run), cut),
    services: run.services.map(toService),
    events: [],
    replay: null,
    origin: null,
    containers: [],
    complete: true,
    failure: null,
  };
}

function toService(series: RecordedSeries): ServiceSeries {
  const time = asFloats(series.time);
  const requests = countedRequests(series);
  // The columns of a recording have the names of the tool that recorded them.
  const values = Object.fromEntries(
    Object.entries(series.values).map(([name, column]) => [name, asFloats(column)]),
  ) as Partial<Record<Metric, Float64Array>>;
  const service = series.service ?? UNNAMED_SERVICE;
  return {
    service,
    role: service,
    time,
    requests: requests === null ? new Float64Array(time.length).fill(Number.NaN) : asFloats(requests),
    minimum: values,
    median: values,
  };
}

/** Typed arrays are used as they are: a copy of a million readings would need memory for nothing. */
function asFloats(column: Column): Float64Array {
  return column instanceof Float64Array ? column : Float64Array.from(column);
}
