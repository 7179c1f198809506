import {
  ARMS,
  type Recording,
  type ReplayResult,
  type Scenario,
  type TrafficSettings,
  type TrialRecording,
} from '../model/index.js';
import type { CheckStatement, ValidityCheck } from '../results/index.js';
import { FEWEST_READ_SHARE } from '../statistics/method.js';

type Objection = (trial: TrialRecording) => CheckStatement | null;

/** A check that every trial must pass. The first trial that does not is named. */
function everyTrial(
  name: string,
  trials: readonly TrialRecording[],
  fine: CheckStatement,
  objection: Objection,
): ValidityCheck {
  for (const trial of trials) {
    const said = objection(trial);
    if (said !== null) return { name, ok: false, said };
  }
  return { name, ok: true, said: fine };
}

/** Checks that both arms got the same traffic, completely and in time, and that it reached the origin. */
export function trafficChecks({ manifest }: Recording, trials: readonly TrialRecording[]): ValidityCheck[] {
  if (trials.length === 0 || manifest.trace === null) return [];
  const { trace, scenario } = manifest;
  const { decisionTolerance, paceTolerance } = scenario.identity;
  const besides = ({ trial }: TrialRecording) =>
    trials.filter((other) => other.trial.purpose === trial.purpose && other.trial.replicate === trial.replicate);
  return [
    everyTrial('same-trace', trials, { code: 'same-trace', facts: { digest: trace.digest } }, (trial) =>
      otherTrace(trial, besides(trial), trace.digest),
    ),
    everyTrial('all-sent', trials, { code: 'all-sent', facts: {} }, notAllSent),
    everyTrial('all-answered', trials, { code: 'all-answered', facts: { aborted: abortedIn(trials) } }, (trial) =>
      notAllAnswered(trial, trials, decisionTolerance),
    ),
    everyTrial('pace', trials, { code: 'pace-kept', facts: {} }, (trial) => {
      const cut = windowCut(trial, scenario);
      if (cut !== null) return cut;
      const { rate } = scenario.traffic;
      const lateness = latenessOf(trial, rate);
      if (-lateness > Math.max(paceTolerance, EARLY_SHARE))
        return { code: 'pace-early', facts: { trial: trial.trial.id, early: -lateness } };
      if (lateness <= paceTolerance) return null;
      const together = besides(trial).every((one) => latenessOf(one, rate) > paceTolerance);
      return { code: 'pace-late', facts: { trial: trial.trial.id, lateness, together, rate } };
    }),
    ...(takesFromAnswers(scenario.traffic)
      ? [
          everyTrial('values-captured', trials, { code: 'values-captured', facts: {} }, (trial) =>
            valuesMissing(trial, decisionTolerance),
          ),
        ]
      : []),
    ...(scenario.stack.origin === null ? [] : [originCheck(trials)]),
  ];
}

/** Missing records have their own statement, because nothing is known about what was sent then. */
function otherTrace(
  { trial: { id, purpose }, replay }: TrialRecording,
  besides: readonly TrialRecording[],
  planned: string,
): CheckStatement | null {
  if (replay === null) return { code: 'nothing-on-record', facts: { trial: id } };
  const digest = replay.plannedDigest;
  if (besides.some((other) => other.replay !== null && other.replay.plannedDigest !== digest))
    return { code: 'traces-differ', facts: { trial: id } };
  return purpose === 'replicate' && digest !== planned ? { code: 'trace-not-planned', facts: { trial: id } } : null;
}

/** A judged window that is much shorter than planned leaves out a part that nobody has seen. */
function windowCut(
  { trial: { id: trial }, phases }: TrialRecording,
  { traffic, experiment }: Scenario,
): CheckStatement | null {
  const window = phases.find(({ name }) => name === 'window');
  if (window === undefined) return null;
  const requests = window.to.requests - window.from.requests;
  const planned = Math.max(experiment.window.requests, experiment.window.seconds * traffic.rate);
  return requests < FEWEST_READ_SHARE * planned ? { code: 'window-cut', facts: { trial, requests, planned } } : null;
}

function notAllSent({ trial: { id: trial }, replay }: TrialRecording): CheckStatement | null {
  if (replay === null) return { code: 'nothing-on-record', facts: { trial } };
  const { sent, planned } = replay;
  if (sent !== planned) return { code: 'sent-count-differs', facts: { trial, sent, planned } };
  return replay.sentDigest === replay.plannedDigest ? null : { code: 'sent-content-differs', facts: { trial } };
}

function notAllAnswered(
  { trial: { id: trial }, replay }: TrialRecording,
  trials: readonly TrialRecording[],
  tolerance: number,
): CheckStatement | null {
  if (replay === null) return null;
  const expected = replay.sent - (replay.aborted ?? 0);
  if (expected - replay.answered <= tolerance * replay.sent) return null;
  const { answered } = replay;
  return {
    code: 'answers-missing',
    facts: { trial, answered, expected, aborted: abortedIn(trials), closed: closedIn(replay) },
  };
}

/** If clients hang up on purpose, the version is not at fault, but its answers are not proved either. */
function abortedIn(trials: readonly TrialRecording[]): number {
  return trials.reduce((sum, { replay }) => sum + (replay?.aborted ?? 0), 0);
}

/** When all its workers are busy, Apache closes kept-alive connections without reading the next request in them. */
function closedIn({ counts }: ReplayResult): number {
  return Object.values(counts).reduce((sum, { closed = 0 }) => sum + closed, 0);
}

function takesFromAnswers({ journeys = [] }: TrafficSettings): boolean {
  return journeys.some(({ steps }) => steps.some(({ capture }) => Object.keys(capture).length > 0));
}

/** Requests of a journey that were sent without their values are not the planned ones. */
function valuesMissing({ trial: { id: trial }, replay }: TrialRecording, tolerance: number): CheckStatement | null {
  if (replay === null) return null;
  if (replay.captured === undefined) return { code: 'captures-unknown', facts: { trial } };
  const { taken, missed, complete, incomplete } = replay.captured;
  const [worst] = Object.entries(incomplete)
    .map(([label, without]) => ({ label, without, requests: without + (complete[label] ?? 0) }))
    .sort((a, b) => b.without / b.requests - a.without / a.requests);
  if (worst === undefined || worst.without <= tolerance * worst.requests) return null;
  const [most] = Object.entries(missed)
    .map(([name, answers]) => ({ name, missed: answers, answers: answers + (taken[name] ?? 0) }))
    .sort((a, b) => b.missed / b.answers - a.missed / a.answers);
  return { code: 'values-missing', facts: { trial, ...worst, missed: most ?? null } };
}

/** No replay ends before its schedule by more than this share, because its last requests are due at the end. */
const EARLY_SHARE = 0.1;

/** How much longer than the schedule a replay took, as a share of it. */
function latenessOf({ replay }: TrialRecording, rate: number): number {
  const due = replay === null ? 0 : (replay.scheduledSeconds ?? replay.planned / rate);
  return replay === null || due === 0 ? 0 : replay.seconds / due - 1;
}

function originCheck(trials: readonly TrialRecording[]): ValidityCheck {
  const fine = { code: 'origin-agrees', facts: {} } as const;
  return everyTrial('origin-agrees', trials, fine, ({ trial: { id: trial }, replay, origin }) => {
    if (origin === null) return { code: 'origin-silent', facts: { trial } };
    if (replay === null) return null;
    const { passedCount: passed } = replay;
    const { requests: reached } = origin;
    // If the client hung up, it is random whether the request reached the origin. The same is true for a request
    // without an answer, for example if a worker crashed.
    const unsure = replay.sent - replay.answered;
    if (unsure > 0 && reached >= passed && reached <= passed + unsure) return null;
    if (reached !== passed) return { code: 'origin-count-differs', facts: { trial, passed, reached } };
    return origin.digest === replay.passedDigest ? null : { code: 'origin-content-differs', facts: { trial } };
  });
}

/** Trials in the order of their arms, for checks that name the first bad one. */
export function inOrder(trials: readonly TrialRecording[]): TrialRecording[] {
  return [...trials].sort(
    (a, b) => a.trial.replicate - b.trial.replicate || ARMS.indexOf(a.trial.arm) - ARMS.indexOf(b.trial.arm),
  );
}
