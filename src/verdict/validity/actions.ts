import {
  ARMS,
  type ActionRecord,
  type ContainerEvent,
  type Recording,
  type TrialRecording,
  type ValidityCheck,
} from '../../model/index.js';
import { count } from '../../words/numbers.js';
import type { TrialPair } from '../replicates.js';

/**
 * How long after an action the processes that it replaces may take to end: a reload lets the old ones finish what they
 * have begun.
 */
const REPLACING_SECONDS = 30;

/**
 * That every action was done on both arms of every pair, and at the same request. None where the scenario has no
 * actions.
 */
export function actionsCheck({ manifest: { scenario } }: Recording, pairs: readonly TrialPair[]): ValidityCheck[] {
  const { actions = [] } = scenario.experiment;
  if (actions.length === 0 || pairs.length === 0) return [];
  const names = actions.map(({ step }) => step.name);
  const wrong = pairs
    .map((pair) => objection(pair, names, scenario.identity.paceTolerance))
    .find((sentence) => sentence !== null);
  if (wrong !== undefined) return [{ name: 'actions-done', ok: false, sentence: wrong }];
  const apart = Math.max(0, ...pairs.flatMap((pair) => gaps(pair).map(({ requests }) => requests)));
  return [
    {
      name: 'actions-done',
      ok: true,
      sentence: `every action was done on both arms at the same request, ${apart === 0 ? 'exactly' : `give or take ${count(apart)}`}`,
    },
  ];
}

function objection(pair: TrialPair, wanted: readonly string[], tolerance: number): string | null {
  for (const arm of ARMS) {
    const done = pair[arm].actions ?? [];
    const missing = wanted.find((one) => done.every(({ name }) => name !== one));
    if (missing !== undefined) return `${pair[arm].trial.id}: "${missing}" was never done`;
    const failed = done.findIndex(({ failure }) => failure !== null);
    if (failed >= 0)
      return `${pair[arm].trial.id}: action ${failed + 1} of ${done.length}, after ${count(done[failed]!.sent)} requests: ${done[failed]!.failure?.replace(/\.$/, '')}`;
  }
  const { baseline, candidate } = pair;
  const names = (trial: TrialRecording): string =>
    JSON.stringify(trial.actions?.map(({ name, due }) => [name, due]) ?? []);
  if (names(baseline) !== names(candidate))
    return `${baseline.trial.id} and ${candidate.trial.id} did not do the same actions`;
  const most = tolerance * Math.max(baseline.replay?.planned ?? 0, candidate.replay?.planned ?? 0);
  const late = gaps(pair).find(({ requests }) => requests > most);
  if (late === undefined) return null;
  return `${late.name} was done after ${count(late.baseline)} requests on ${baseline.trial.id} and after ${count(late.candidate)} on ${candidate.trial.id}: the action before it, or the traffic, was held up on one of them`;
}

/** How many requests lie between the two arms' doing of each action. */
function gaps({ baseline, candidate }: TrialPair): {
  readonly name: string;
  readonly baseline: number;
  readonly candidate: number;
  readonly requests: number;
}[] {
  return (baseline.actions ?? []).map(({ name, sent }, index) => {
    const other = candidate.actions?.[index]?.sent ?? sent;
    return { name, baseline: sent, candidate: other, requests: Math.abs(sent - other) };
  });
}

/** The action that a replaced process is the doing of; null where it comes after none. */
export function actionBehind({ actions = [] }: TrialRecording, event: ContainerEvent): ActionRecord | null {
  return (
    actions.findLast(({ time, seconds }) => event.time >= time && event.time <= time + seconds + REPLACING_SECONDS) ??
    null
  );
}
