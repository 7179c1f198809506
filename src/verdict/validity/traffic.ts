import { ARMS, type Recording, type ReplayResult, type TrialRecording, type ValidityCheck } from '../../model/index.js';
import { count, percent, significant } from '../../words/numbers.js';

type Judged = (trial: TrialRecording) => string | null;

/** A check that every trial must meet; the first that does not is named. */
function everyTrial(name: string, trials: readonly TrialRecording[], fine: string, objection: Judged): ValidityCheck {
  for (const trial of trials) {
    const wrong = objection(trial);
    if (wrong !== null) return { name, ok: false, sentence: `${trial.trial.id}: ${wrong}` };
  }
  return { name, ok: true, sentence: fine };
}

/** That both arms got the same traffic, all of it, in time, and that it reached the origin. */
export function trafficChecks({ manifest }: Recording, trials: readonly TrialRecording[]): ValidityCheck[] {
  if (trials.length === 0 || manifest.trace === null) return [];
  const { trace, scenario } = manifest;
  const { decisionTolerance, paceTolerance } = scenario.identity;
  const besides = ({ trial }: TrialRecording) =>
    trials.filter((other) => other.trial.purpose === trial.purpose && other.trial.replicate === trial.replicate);
  const digestOf = ({ replay }: TrialRecording) => replay?.plannedDigest ?? '';
  return [
    everyTrial(
      'same-trace',
      trials,
      `every trial was given the same requests (SHA-256 ${trace.digest.slice(0, 16)}…)`,
      (trial) => {
        if (besides(trial).some((other) => digestOf(other) !== digestOf(trial)))
          return 'the two arms were not given the same requests';
        return trial.trial.purpose === 'replicate' && digestOf(trial) !== trace.digest
          ? 'was given other requests than the manifest says'
          : null;
      },
    ),
    everyTrial('all-sent', trials, 'every planned request was sent exactly once, in order', ({ replay }) => {
      if (replay === null) return 'left no account of what was sent';
      if (replay.sent !== replay.planned)
        return `${count(replay.sent)} requests were sent instead of ${count(replay.planned)}`;
      return replay.sentDigest === replay.plannedDigest
        ? null
        : 'what was sent differs from what was planned (digests differ)';
    }),
    everyTrial('all-answered', trials, `practically every request was answered${abortedIn(trials)}`, ({ replay }) => {
      if (replay === null) return null;
      const waitedFor = replay.sent - (replay.aborted ?? 0);
      return waitedFor - replay.answered > decisionTolerance * replay.sent
        ? `only ${count(replay.answered)} of ${count(waitedFor)} requests were answered${abortedIn(trials)}${closedIn(replay)}`
        : null;
    }),
    everyTrial('pace', trials, 'both arms kept to the schedule', (trial) => {
      if (latenessOf(trial, scenario.traffic.rate) <= paceTolerance) return null;
      // Late together, they were slowed down by what they share.
      const who = besides(trial).every((one) => latenessOf(one, scenario.traffic.rate) > paceTolerance)
        ? 'the host was too busy, or neither version keeps up'
        : 'this version did not keep up';
      return `took ${percent(latenessOf(trial, scenario.traffic.rate))} longer than the schedule; ${who} with ${significant(scenario.traffic.rate)} requests/s here`;
    }),
    ...(scenario.stack.origin === null ? [] : [originCheck(trials)]),
  ];
}

/** Clients that hang up on purpose are no fault of the version's, and no proof of its answers either. */
function abortedIn(trials: readonly TrialRecording[]): string {
  const aborted = trials.reduce((sum, { replay }) => sum + (replay?.aborted ?? 0), 0);
  return aborted === 0 ? '' : `, but for ${count(aborted)} that the client hung up on as planned`;
}

/** Apache closes kept-alive connections, with the next request in them unread, when all its workers are busy. */
function closedIn({ counts }: ReplayResult): string {
  const closed = Object.values(counts).reduce((sum, { closed: some = 0 }) => sum + some, 0);
  return closed === 0
    ? ''
    : `; of ${count(closed)} the target closed the connection instead, as busy servers do: lower the rate`;
}

/** How much longer than the schedule a replay took, as a share of it. */
function latenessOf({ replay }: TrialRecording, rate: number): number {
  const due = replay === null ? 0 : (replay.scheduledSeconds ?? replay.planned / rate);
  return replay === null || due === 0 ? 0 : replay.seconds / due - 1;
}

function originCheck(trials: readonly TrialRecording[]): ValidityCheck {
  return everyTrial(
    'origin-agrees',
    trials,
    'the origin saw exactly the requests that were not blocked',
    ({ replay, origin }) => {
      if (origin === null) return 'the origin could not be asked what reached it';
      if (replay === null) return null;
      // Whether a request that was hung up on reached the origin is a race.
      const unsure = replay.aborted ?? 0;
      if (unsure > 0 && origin.requests >= replay.passedCount && origin.requests <= replay.passedCount + unsure)
        return null;
      if (origin.requests !== replay.passedCount)
        return `${count(replay.passedCount)} requests passed, but ${count(origin.requests)} reached the origin`;
      return origin.digest === replay.passedDigest
        ? null
        : 'what reached the origin differs from what passed (digests differ)';
    },
  );
}

/** Trials in the order of their arms, for checks that name the first offender. */
export function inOrder(trials: readonly TrialRecording[]): TrialRecording[] {
  return [...trials].sort(
    (a, b) => a.trial.replicate - b.trial.replicate || ARMS.indexOf(a.trial.arm) - ARMS.indexOf(b.trial.arm),
  );
}
