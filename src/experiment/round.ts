import { failureFrom, SlopegateError, type Round, type RunningStack, type Trace, type Trial } from '../model/index.js';
import type { Experiment } from './experiment.js';
import { assertSameImages } from './earlier.js';
import type { TrialEnd } from './disturbance.js';
import { firstCause, withoutDisposal, type TrialOutcome } from './first-cause.js';
import { rateCheck } from './rate-check.js';
import { runTrial } from './trial.js';

/** What the trials of one round share. */
interface Shared {
  readonly round: Round;
  readonly trace: Trace;
  readonly start: () => Promise<void>;
  /** Fires when the run is interrupted, or another trial of the round has failed. */
  readonly signal: AbortSignal;
  readonly fail: (error: unknown) => void;
  readonly onWarm: (behind: number) => void;
  readonly onCutOff: (end: TrialEnd) => void;
}

/** How the trials of a round ran, and the error that ended them all if a load was too late to go on. */
export interface RoundEnd {
  readonly ends: readonly TrialEnd[];
  readonly tooLate: SlopegateError | null;
}

/**
 * Starts every arm of the round, loads all of them at the same moment, and removes them. A trial that fails ends the
 * round for all its arms: half a pair is not a replicate.
 * @param checksRate whether a load that is far behind after its warm-up ends the round
 */
export async function runRound(experiment: Experiment, round: Round, checksRate: boolean): Promise<RoundEnd> {
  const failed = new AbortController();
  const signal = AbortSignal.any([experiment.signal, failed.signal]);
  let tooFast: SlopegateError | null = null;
  const cutOff: TrialEnd[] = [];
  const shared: Shared = {
    round,
    trace: experiment.traceOf(round.requests.warmup + round.requests.window),
    start: barrier(round.trials.length, signal),
    signal,
    fail: (error) => failed.abort(error),
    onWarm: checksRate
      ? rateCheck({
          round,
          rate: experiment.plan.rate,
          scenario: experiment.scenario,
          fail: (error) => {
            tooFast = error;
            failed.abort(error);
          },
        })
      : () => {},
    onCutOff: (end) => cutOff.push(end),
  };
  const outcomes = await Promise.all(round.trials.map((trial) => carryOut(experiment, trial, shared)));
  const cause = (experiment.signal.aborted ? null : tooFast) ?? firstCause(outcomes, experiment.signal);
  if (isTooLate(cause) && outcomes.every(({ leftover }) => leftover === null))
    return { ends: round.trials.flatMap(({ id }) => cutOff.filter(({ trial }) => trial.id === id)), tooLate: cause };
  if (cause !== null) throw cause;
  return { ends: outcomes.flatMap(({ end }) => end ?? []), tooLate: null };
}

const isTooLate = (cause: unknown): cause is SlopegateError =>
  cause instanceof SlopegateError && cause.code === 'TOO_LATE';

/** One trial and its clean-up. A trial that was measured to its end stays complete, even if its clean-up fails. */
async function carryOut(experiment: Experiment, trial: Trial, shared: Shared): Promise<TrialOutcome> {
  const { journal, clock } = experiment;
  let stack: RunningStack | null = null;
  let end: TrialEnd | null = null;
  let failure: unknown = null;
  journal.trialStarted(trial, clock.now().toISOString());
  try {
    stack = await bringUp(experiment, trial, shared.signal);
    if (experiment.earlier !== undefined) assertSameImages(experiment.earlier, trial.arm, stack.facts);
    journal.containers(trial.id, stack.facts);
    const { trace, start, signal, round } = shared;
    const { actions, requests } = round;
    end = await runTrial({
      experiment,
      trial,
      stack,
      trace,
      warmup: requests.warmup,
      actions: actions.filter(({ only = trial.arm }) => only === trial.arm),
      start,
      onWarm: shared.onWarm,
      onCutOff: shared.onCutOff,
      signal,
    });
    journal.trialEnded(trial.id, null);
  } catch (error) {
    failure = withoutDisposal(error);
    journal.trialEnded(trial.id, failureFrom(failure));
    shared.fail(failure);
  }
  const leftover: unknown = await stack?.[Symbol.asyncDispose]().then(
    () => null,
    (error: unknown) => error,
  );
  return { end, failure, leftover: leftover ?? null };
}

async function bringUp(experiment: Experiment, trial: Trial, signal: AbortSignal): Promise<RunningStack> {
  const began = experiment.clock.seconds();
  const { scenario, runId, stack, onEvent } = experiment;
  const onLine = (text: string): void => onEvent({ type: 'step', text: `${trial.id}: ${text}` });
  const running = await stack.up({ scenario, arm: trial.arm, runId, trialId: trial.id, signal, onLine });
  onEvent({ type: 'arm-up', arm: trial.arm, trial: trial.id, seconds: experiment.clock.seconds() - began });
  return running;
}

/** Resolves for all callers after `count` calls; rejects if the signal fires first. */
function barrier(count: number, signal: AbortSignal): () => Promise<void> {
  let open = (): void => {};
  const opened = new Promise<void>((resolve, reject) => {
    open = resolve;
    signal.addEventListener('abort', () => reject(new SlopegateError('INTERRUPTED', 'the other arm did not start')), {
      once: true,
    });
  });
  opened.catch(() => {});
  let waiting = 0;
  return () => {
    waiting += 1;
    if (waiting === count) open();
    return opened;
  };
}
