import type { ArmName, SeriesColumn, TrialRecording } from '../model/index.js';
import type { ServiceAssessment } from '../results/index.js';
import { EDGE_READINGS } from '../statistics/method.js';
import { median, type Numbers } from '../statistics/numbers.js';
import type { TrialPair } from './replicates.js';
import { columnOf } from './series/cut.js';
import type { Subject } from './subject.js';

type Levels = ServiceAssessment['levels'][ArmName];

/**
 * Levels of one arm: median over replicates of the edges of the window, the highest value of the whole trial, and the
 * end of the idle phase.
 */
export function levelsOf(subject: Subject, pairs: readonly TrialPair[], arm: ArmName): Levels {
  const usable = subject.replicates.flatMap(({ replicate, pair }) => {
    const series = pair[arm];
    const trial = pairs.find((candidate) => candidate.replicate === replicate)?.[arm];
    return series === null || trial === undefined ? [] : [{ y: series.y, trial }];
  });
  if (usable.length === 0) return null;
  const idle = usable.map(({ trial }) => idleLevel(trial, subject, arm)).filter((value) => value !== null);
  return {
    start: median(usable.map(({ y }) => edgeOf(y, 0))),
    end: median(usable.map(({ y }) => edgeOf(y, y.length - EDGE_READINGS))),
    peak: Math.max(...usable.map(({ y, trial }) => peakOf(trial, subject, arm) ?? edgeOf(y, y.length - EDGE_READINGS))),
    afterIdle: idle.length === 0 ? null : median(idle),
  };
}

function edgeOf(y: Numbers, from: number): number {
  return median(Array.from({ length: EDGE_READINGS }, (_, i) => y[from + i] as number));
}

function columns(
  trial: TrialRecording,
  subject: Subject,
  arm: ArmName,
): { time: SeriesColumn; column: SeriesColumn }[] {
  return trial.services
    .filter(({ service }) => subject.services[arm].includes(service))
    .flatMap((series) => {
      const column = columnOf(series, subject.metric);
      return column === null ? [] : [{ time: series.time, column }];
    });
}

/**
 * Highest reading of a single service. For a total, the sum of the peaks of its services: this is an upper bound,
 * because the peaks may come at different times.
 */
function peakOf(trial: TrialRecording, subject: Subject, arm: ArmName): number | null {
  const peaks = columns(trial, subject, arm).map(({ column }) => highest(column));
  return peaks.length === 0 ? null : peaks.reduce((sum, peak) => sum + peak, 0);
}

function highest(column: SeriesColumn): number {
  let peak = 0;
  for (const value of column) if (value > peak) peak = value;
  return peak;
}

function idleLevel(trial: TrialRecording, subject: Subject, arm: ArmName): number | null {
  const idle = trial.phases.find(({ name }) => name === 'idle');
  if (idle === undefined) return null;
  const parts = columns(trial, subject, arm).map(({ time, column }) =>
    Array.from(
      column.filter(
        (value, i) =>
          Number.isFinite(value) && (time[i] as number) > idle.from.time && (time[i] as number) <= idle.to.time,
      ),
    ),
  );
  if (parts.length === 0 || parts.some((part) => part.length === 0)) return null;
  return parts.reduce((sum, part) => sum + median(part.slice(-EDGE_READINGS)), 0);
}
