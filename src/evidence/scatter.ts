import { STACK_ROLE, type Recording, type ScatterPoint, type TrialRecording } from '../model/index.js';
import { poolEvidence } from '../statistics/estimators/growth-evidence.js';
import { measurePair, type ArmSeries, type SeriesPair } from '../statistics/estimators/pair-measure.js';
import { FEWEST_ANSWERED, SHORTEST_WINDOW_SECONDS } from '../statistics/method.js';
import { standardDeviation } from '../statistics/numbers.js';
import { pairTrials } from './replicates.js';
import { rolesOf } from './roles.js';
import { windowOf } from './series/window.js';
import type { UsablePair } from './subject.js';
import { decidingMetric, memorySubjects } from './subjects.js';

/**
 * How much the slopes of two equal versions differ, by judged role and by length of the window: the recorded window,
 * and its first half, quarter and so on. Roles with fewer than two usable replicates are left out.
 */
export function scatterOf(recording: Recording): Record<string, readonly ScatterPoint[]> {
  const { scenario } = recording.manifest;
  const pairs = pairTrials(recording).complete;
  const roles = rolesOf(pairs, scenario.stack);
  const preparation = {
    axis: 'requests' as const,
    windowIn: (trial: TrialRecording) => windowOf(trial, scenario.experiment.warmup),
    sinceLoad: true,
    interrupted: () => false,
    fewestRequests: FEWEST_ANSWERED,
  };
  const subjects = memorySubjects(pairs, roles, decidingMetric(pairs), scenario, preparation);
  return Object.fromEntries(
    subjects
      .filter(({ judged, role, replicates }) => judged && role !== STACK_ROLE && replicates.length >= 2)
      .map(({ role, quantum, replicates }) => [role, pointsOf(replicates, quantum)]),
  );
}

function pointsOf(replicates: readonly UsablePair[], quantum: number): ScatterPoint[] {
  const whole = Math.min(...replicates.map(({ seconds }) => seconds));
  const points: ScatterPoint[] = [];
  for (let seconds = whole; seconds >= SHORTEST_WINDOW_SECONDS; seconds /= 2) {
    const { differences, floor } = poolEvidence(
      replicates.map(({ pair }) => measurePair(beginningOf(pair, seconds))),
      quantum,
    );
    points.unshift({
      seconds: Math.round(seconds),
      requests: Math.round(floor.requests),
      deviation: standardDeviation(differences),
      differences,
    });
  }
  return points;
}

function beginningOf({ baseline, candidate }: SeriesPair, seconds: number): SeriesPair {
  const cut = (arm: ArmSeries | null): ArmSeries | null => {
    if (arm === null) return null;
    const end = (arm.time[0] as number) + seconds;
    const found = Array.from(arm.time).findIndex((time) => time > end + 1e-9);
    const count = found === -1 ? arm.time.length : found;
    const first = (values: ArmSeries['x']): Float64Array => Float64Array.from(values).subarray(0, count);
    return { time: first(arm.time), x: first(arm.x), y: first(arm.y) };
  };
  return { baseline: cut(baseline), candidate: cut(candidate) };
}
