import {
  PRIMARY_METRIC,
  type Phase,
  type PhaseName,
  type PlannedAction,
  type Reading,
  type RunningReplay,
  type RunningStack,
  type Trace,
  type Trial,
} from '../model/index.js';
import { BURSTS } from '../replay/index.js';
import { performActions, type Actions } from './actions/perform-actions.js';
import type { Experiment } from './experiment.js';
import { lastWords } from './last-words.js';

/** Seconds of watching before the first request, so that the resting level is on record. */
const REST_SECONDS = 2;
const POLL_SECONDS = 0.1;

export interface TrialRun {
  readonly experiment: Experiment;
  readonly trial: Trial;
  readonly stack: RunningStack;
  readonly trace: Trace;
  readonly warmup: number;
  readonly actions: readonly PlannedAction[];
  /** Resolves when the other arm of the round is ready too. */
  readonly start: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** One arm under the trace: rest, warm-up, window, idle; watched throughout. */
export async function runTrial(run: TrialRun): Promise<void> {
  const { experiment, trial, stack, trace, signal } = run;
  const { journal, clock } = experiment;
  await stack.resetOrigin();
  await run.start();

  const began = clock.seconds();
  const elapsed = (): number => clock.seconds() - began;
  let replay: RunningReplay | null = null;
  const answered = (): number => replay?.answered() ?? 0;
  const memory = new Map<string, number>();
  await using words = lastWords(stack, (event, log) => journal.log(trial.id, event, log));
  const observation = await experiment.observer.observe({
    arm: trial.arm,
    containers: stack.containers,
    answered,
    elapsed,
    onReading: (reading) => {
      journal.reading(trial.id, reading);
      remember(memory, reading);
    },
    onEvent: (event) => {
      journal.event(trial.id, event);
      words.after(event);
      experiment.onEvent({ type: 'warning', text: `${trial.id}: ${event.service} ${event.kind}: ${event.detail}` });
    },
  });
  await using _ = observation;
  for (const note of observation.notes) journal.note(note);

  await clock.sleep(REST_SECONDS, signal);
  const running = experiment.replayer.start({
    target: stack.entry,
    trace,
    rate: experiment.plan.rate,
    blockedStatuses: experiment.scenario.traffic.blockedStatuses,
    ...(experiment.scenario.traffic.schedule?.kind === 'bursts' ? { bursts: BURSTS } : {}),
    signal,
  });
  replay = running;
  const phases = phaseRecorder(run, elapsed, answered);
  await using actions = performActions({
    planned: run.actions,
    perform: (step) => stack.perform(step, signal),
    signal,
    here: () => ({ time: elapsed(), sent: running.sent(), requests: answered() }),
    onDone: (action) => {
      journal.action(trial.id, action);
      experiment.onEvent(
        action.failure === null
          ? { type: 'log', text: `${trial.id}: ${action.name} after ${action.sent} requests` }
          : { type: 'warning', text: `${trial.id}: ${action.failure}` },
      );
    },
  });
  phases.enter('warmup');
  const result = await watched(run, running, { phases, actions, memory });
  journal.replay(trial.id, result);
  phases.enter('idle');
  await actions.settled();
  await clock.sleep(experiment.plan.idleSeconds, signal);
  phases.close();
  const origin = await stack.originCounts();
  if (origin) journal.origin(trial.id, origin);
}

interface Watch {
  readonly phases: PhaseRecorder;
  readonly actions: Actions;
  readonly memory: ReadonlyMap<string, number>;
}

/** Waits for the replay, beginning the actions that come due, marking where warm-up ends and telling how far it is. */
async function watched(run: TrialRun, replay: RunningReplay, { phases, actions, memory }: Watch) {
  const { experiment, trial, trace, warmup, signal } = run;
  const settled = new AbortController();
  const finished = replay.done.finally(() => settled.abort());
  finished.catch(() => {});
  let inWindow = false;
  for (let polls = 0; !settled.signal.aborted; polls += 1) {
    if (!inWindow && replay.answered() >= warmup) {
      inWindow = true;
      phases.enter('window');
    }
    actions.reached(replay.sent());
    if (polls % 10 === 0) {
      experiment.onEvent({
        type: 'progress',
        arm: trial.arm,
        trial: trial.id,
        answered: replay.answered(),
        planned: trace.requests.length,
        memoryBytes: Object.fromEntries(memory),
      });
    }
    await Promise.race([experiment.clock.sleep(POLL_SECONDS, signal), finished]);
  }
  actions.reached(replay.sent());
  return finished;
}

function remember(memory: Map<string, number>, reading: Reading): void {
  const bytes = reading.minimum[PRIMARY_METRIC];
  if (bytes !== undefined) memory.set(reading.service, bytes);
}

interface PhaseRecorder {
  /** Ends the phase under way and begins this one. */
  enter(name: PhaseName): void;
  close(): void;
}

function phaseRecorder({ experiment, trial }: TrialRun, elapsed: () => number, answered: () => number): PhaseRecorder {
  let current: { name: PhaseName; from: Phase['from'] } | null = null;
  const here = (): Phase['from'] => ({ time: elapsed(), requests: answered() });
  const close = (): void => {
    if (current) experiment.journal.phase(trial.id, { ...current, to: here() });
    current = null;
  };
  return {
    close,
    enter: (name) => {
      close();
      current = { name, from: here() };
      experiment.onEvent({ type: 'phase', arm: trial.arm, trial: trial.id, phase: name });
    },
  };
}
