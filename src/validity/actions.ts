import type { TrialPair } from '../evidence/index.js';
import { ARMS, type ActionRecord, type ContainerEvent, type Recording, type TrialRecording } from '../model/index.js';
import type { CheckStatement, ValidityCheck } from '../results/index.js';

/**
 * How long after an action the replaced processes may take to end. After a reload, old processes finish their requests.
 */
const REPLACING_SECONDS = 30;

/**
 * Checks that every action was done on both arms of every pair, at the same request. No check if the scenario has no
 * actions.
 */
export function actionsCheck({ manifest: { scenario } }: Recording, pairs: readonly TrialPair[]): ValidityCheck[] {
  const { actions = [] } = scenario.experiment;
  if (actions.length === 0 || pairs.length === 0) return [];
  const names = actions.map(({ step }) => step.name);
  const name = 'actions-done';
  const wrong = pairs
    .map((pair) => objection(pair, names, scenario.identity.paceTolerance))
    .find((statement) => statement !== null);
  if (wrong !== undefined) return [{ name, ok: false, said: wrong }];
  const requestsApart = Math.max(0, ...pairs.flatMap((pair) => gaps(pair).map(({ requests }) => requests)));
  return [{ name, ok: true, said: { code: 'actions-done', facts: { requestsApart } } }];
}

function objection(pair: TrialPair, wanted: readonly string[], tolerance: number): CheckStatement | null {
  const { baseline, candidate } = pair;
  for (const arm of ARMS) {
    const wrong = notDone(pair[arm], wanted);
    if (wrong !== null) return wrong;
  }
  const names = (trial: TrialRecording): string =>
    JSON.stringify(trial.actions?.map(({ name, due }) => [name, due]) ?? []);
  const ids = { baseline: baseline.trial.id, candidate: candidate.trial.id };
  if (names(baseline) !== names(candidate)) return { code: 'actions-differ', facts: ids };
  const most = tolerance * Math.max(baseline.replay?.planned ?? 0, candidate.replay?.planned ?? 0);
  const late = gaps(pair).find(({ requests }) => requests > most);
  if (late === undefined) return null;
  return {
    code: 'action-apart',
    facts: {
      action: late.name,
      baseline: { trial: ids.baseline, requests: late.baseline },
      candidate: { trial: ids.candidate, requests: late.candidate },
    },
  };
}

function notDone({ trial, actions: done = [] }: TrialRecording, wanted: readonly string[]): CheckStatement | null {
  const missing = wanted.find((one) => done.every(({ name }) => name !== one));
  if (missing !== undefined) return { code: 'action-not-done', facts: { trial: trial.id, action: missing } };
  const index = done.findIndex(({ failure }) => failure !== null);
  const failed = done[index];
  if (failed === undefined || failed.failure === null) return null;
  return {
    code: 'action-failed',
    facts: {
      trial: trial.id,
      number: index + 1,
      of: done.length,
      sent: failed.sent,
      failure: failed.failure,
    },
  };
}

/** The number of requests between the two arms at each action. */
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

/** The action that replaced a process; null if none did. */
export function actionBehind({ actions = [] }: TrialRecording, event: ContainerEvent): ActionRecord | null {
  return (
    actions.findLast(({ time, seconds }) => event.time >= time && event.time <= time + seconds + REPLACING_SECONDS) ??
    null
  );
}
