import { changesBy, stretchesBetween, type GatedSubject, type TrialPair, type UsablePair } from '../evidence/index.js';
import { ARMS, type ActionRecord, type ArmName, type Severity } from '../model/index.js';
import type { Finding } from '../results/index.js';
import { lowerBound, replicateMean } from '../statistics/estimators/replicate-mean.js';
import { stretchSlope } from '../statistics/estimators/stretch-slope.js';
import { floorOf } from '../statistics/estimators/variance-floor.js';
import { FEWEST_POINTS, SHIFT_BYTES } from '../statistics/method.js';
import { mean, median } from '../statistics/numbers.js';
import type { Alphas } from '../procedure/judge-family.js';
import { note, raise } from './severity.js';

/**
 * Smaller changes are not mentioned. A difference of this size or more is a warning, as for a level (`level-shift`).
 */
const TELLING_BYTES = 1024 ** 2;

type Severities = Readonly<Record<string, Severity>>;
/** One arm of a replicate, and the actions on it. */
interface Acted {
  readonly series: NonNullable<UsablePair['pair'][ArmName]>;
  readonly actions: readonly ActionRecord[];
}

/** What the actions under load mean for a judged service; empty if there were none, or if one arm lacks the service. */
export function actionFindings(
  gated: readonly GatedSubject[],
  pairs: readonly TrialPair[],
  alphas: Alphas,
  severities: Severities,
): Finding[] {
  return gated.flatMap((one) => {
    const replicates = actedReplicates(one, pairs);
    if (!one.subject.judged || !one.subject.metric.endsWith('_bytes') || replicates.length < 2) return [];
    return [...steps(one, replicates, severities), ...growthBetween(one, replicates, alphas, severities)];
  });
}

function actedReplicates({ subject }: GatedSubject, pairs: readonly TrialPair[]): Readonly<Record<ArmName, Acted>>[] {
  return subject.replicates.flatMap(({ replicate, pair: { baseline, candidate } }) => {
    const trials = pairs.find((pair) => pair.replicate === replicate);
    if (baseline === null || candidate === null || !trials?.baseline.actions || !trials.candidate.actions) return [];
    return [
      {
        baseline: { series: baseline, actions: trials.baseline.actions },
        candidate: { series: candidate, actions: trials.candidate.actions },
      },
    ];
  });
}

/** The memory that each action leaves behind, at any slope. */
function steps(
  { subject }: GatedSubject,
  replicates: readonly Readonly<Record<ArmName, Acted>>[],
  severities: Severities,
): Finding[] {
  const names = [...new Set(replicates.flatMap(({ baseline }) => baseline.actions.map(({ name }) => name)))];
  return names.flatMap((name) => {
    const changes = replicates
      .map((replicate) => ARMS.map((arm) => changesBy(name, replicate[arm].series, replicate[arm].actions)))
      .filter((arms) => arms.every((values) => values.length > 0));
    if (changes.length < 2) return [];
    const [baseline = 0, candidate = 0] = ARMS.map((_, i) => median(changes.map((arms) => mean(arms[i] as number[]))));
    if (Math.max(Math.abs(baseline), Math.abs(candidate)) < TELLING_BYTES) return [];
    const more = replicateMean(
      changes.map(([old = [], fresh = []]) => mean(fresh) - mean(old)),
      TELLING_BYTES,
    );
    const report = more.mean >= SHIFT_BYTES && lowerBound(more, 0.05) > 0 ? raise : note;
    return report('action-step', severities, {
      service: subject.role,
      arm: null,
      said: {
        code: 'action-leaves',
        facts: { role: subject.role, metric: subject.metric, action: name, baseline, candidate },
      },
      value: more.mean,
      threshold: SHIFT_BYTES,
      unit: 'bytes',
    });
  });
}

/** Growth that an action removes before the slope of the window can show it. */
function growthBetween(
  { subject, evidence, member }: GatedSubject,
  replicates: readonly Readonly<Record<ArmName, Acted>>[],
  alphas: Alphas,
  severities: Severities,
): Finding[] {
  if (evidence === null || member === null || member.decision === 'fail') return [];
  const stretches = replicates.map((replicate) =>
    ARMS.map((arm) => stretchesBetween(replicate[arm].series, replicate[arm].actions)),
  );
  const readings = stretches.flat().map((parts) => parts.reduce((sum, { time }) => sum + time.length, 0));
  if (Math.min(...readings) < FEWEST_POINTS) return [];
  const parts = Math.max(...stretches.flat().map(({ length }) => length));
  const differences = stretches.map(([old = [], fresh = []]) => stretchSlope(fresh) - stretchSlope(old));
  // The actions themselves cause the falls that make the whole window look like a sawtooth.
  const more = replicateMean(differences, floorOf({ ...evidence.floor, sawtooth: 0 }, parts));
  if (lowerBound(more, alphas.fail) <= subject.margin) return [];
  return raise('grows-between-actions', severities, {
    service: subject.role,
    arm: 'candidate',
    said: {
      code: 'hidden-by-actions',
      facts: { role: subject.role, metric: subject.metric, unit: subject.unit, growth: more.mean },
    },
    value: more.mean,
    threshold: subject.margin,
    unit: subject.unit,
  });
}
