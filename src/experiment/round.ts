import { SlopegateError, type Round, type RunningStack, type Trial } from '../model/index.js';
import type { Experiment } from './experiment.js';
import { runTrial } from './trial.js';

/**
 * Brings every arm of the round up, loads them at the same moment, and takes them down.
 * A trial that fails ends the round for all of its arms: half a pair is no replicate.
 */
export async function runRound(experiment: Experiment, round: Round): Promise<void> {
  const { journal, clock } = experiment;
  const failed = new AbortController();
  const signal = AbortSignal.any([experiment.signal, failed.signal]);
  const trace = experiment.traceOf(round.requests.warmup + round.requests.window);
  const start = gate(round.trials.length, signal);

  const outcomes = await Promise.allSettled(
    round.trials.map(async (trial) => {
      journal.trialStarted(trial, clock.now().toISOString());
      try {
        await using stack = await bringUp(experiment, trial, signal);
        journal.containers(trial.id, stack.facts);
        await runTrial({
          experiment,
          trial,
          stack,
          trace,
          warmup: round.requests.warmup,
          actions: round.actions,
          start,
          signal,
        });
        journal.trialEnded(trial.id, null);
      } catch (error) {
        journal.trialEnded(trial.id, error instanceof Error ? error.message : String(error));
        failed.abort(error);
        throw error;
      }
    }),
  );
  const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  if (errors.length > 0) throw firstCause(errors, experiment.signal);
}

async function bringUp(experiment: Experiment, trial: Trial, signal: AbortSignal): Promise<RunningStack> {
  const began = experiment.clock.seconds();
  const { scenario, runId, stack, onEvent } = experiment;
  const running = await stack.up({ scenario, arm: trial.arm, runId, trialId: trial.id, signal });
  onEvent({ type: 'arm-up', arm: trial.arm, trial: trial.id, seconds: experiment.clock.seconds() - began });
  return running;
}

/**
 * Of the errors of a round, the one that began it: an arm that was merely aborted because the other failed says
 * nothing.
 */
function firstCause(errors: readonly unknown[], outer: AbortSignal): unknown {
  if (outer.aborted)
    return (
      errors.find((error) => error instanceof SlopegateError && error.code === 'INTERRUPTED') ??
      new SlopegateError('INTERRUPTED', 'interrupted')
    );
  return errors.find((error) => !(error instanceof SlopegateError && error.code === 'INTERRUPTED')) ?? errors[0];
}

/** Resolves for everybody once `count` have arrived; rejects when the signal fires first. */
function gate(count: number, signal: AbortSignal): () => Promise<void> {
  let open = (): void => {};
  const opened = new Promise<void>((resolve, reject) => {
    open = resolve;
    signal.addEventListener('abort', () => reject(new SlopegateError('INTERRUPTED', 'the other arm did not come up')), {
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
