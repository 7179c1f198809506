import {
  meanLoad,
  PRIMARY_METRIC,
  SlopegateError,
  type ContainerEvent,
  type Reading,
  type RunningReplay,
} from '../model/index.js';
import { BURSTS } from '../replay/index.js';
import { performActions, type Actions } from './actions/perform-actions.js';
import { latenessOf, type TrialEnd } from './disturbance.js';
import { openHostLog } from './host-log.js';
import { finalLogs } from './final-logs.js';
import { phaseRecorder, type PhaseRecorder } from './phase-recorder.js';
import type { TrialRun } from './trial-run.js';
import { earlyEnd } from './early-end.js';

/** Seconds of observation before the first request, so that the resting level is recorded. */
const REST_SECONDS = 2;
const POLL_SECONDS = 0.1;

/** A replay is ended if it is this many seconds late, or this many times the tolerance if that is more. */
const LEAST_LATE_SECONDS = 60;
const LATE_FACTOR = 4;
/** How long the last answers may take, with every engine. */
const LONGEST_ANSWER_SECONDS = 120;

/**
 * One arm under the trace: rest, warm-up, window, idle. It is observed all the time.
 * @throws SlopegateError REPLAY_FAILED, TOO_LATE or OBSERVE_FAILED if the load had no purpose any more, or nothing was
 *   measured
 */
export async function runTrial(run: TrialRun): Promise<TrialEnd> {
  const { experiment, trial, stack, trace, signal } = run;
  const { journal, clock } = experiment;
  await stack.resetOrigin();
  await run.start();

  const began = clock.seconds();
  journal.clockAtZero(trial.id, clock.now().toISOString());
  const elapsed = (): number => clock.seconds() - began;
  let replay: RunningReplay | null = null;
  const answered = (): number => replay?.answered() ?? 0;
  const memory = new Map<string, number>();
  const { scenario } = experiment;
  const restarted = run.actions.flatMap(({ step }) => (step.kind === 'restart' ? [step.service] : []));
  const watch = earlyEnd({ scenario, arm: trial.arm, containers: stack.containers, restarted });
  await using logs = finalLogs(stack, (event, log) => journal.log(trial.id, event, log));
  const observation = await experiment.observer.observe({
    arm: trial.arm,
    containers: stack.containers,
    answered,
    elapsed,
    onReading: (reading) => {
      journal.reading(trial.id, reading);
      remember(memory, reading);
      watch.onReading(reading);
    },
    onEvent: (event) => {
      journal.event(trial.id, event);
      logs.after(event);
      watch.onEvent(event);
      const text = `${trial.id}: ${event.service} ${event.kind}: ${event.detail}`;
      experiment.onEvent({ type: isPlanned(run.actions, event) ? 'log' : 'warning', text });
    },
  });
  await using _ = observation;
  for (const note of observation.notes) journal.note(note);

  await clock.sleep(REST_SECONDS, signal);
  // When the trial ends, its load and its actions end.
  const over = new AbortController();
  const underLoad = AbortSignal.any([signal, over.signal]);
  const running = experiment.replayer.start({
    target: stack.entry,
    trace,
    rate: experiment.plan.rate,
    blockedStatuses: scenario.traffic.blockedStatuses,
    ...(scenario.traffic.schedule?.kind === 'bursts' ? { bursts: BURSTS } : {}),
    warmup: run.warmup,
    mostLateSeconds: mostLateSeconds(run),
    signal: underLoad,
  });
  running.done.catch(() => {});
  replay = running;
  const phases = phaseRecorder(run, elapsed, answered);
  const host = await openHostLog(run, elapsed());
  await using actions = performActions({
    planned: run.actions,
    perform: (step) => stack.perform(step, underLoad),
    signal: underLoad,
    here: () => ({ time: elapsed(), sent: running.sent(), requests: answered() }),
    onDone: (action) => {
      journal.action(trial.id, action);
      experiment.onEvent(
        action.failure === null
          ? { type: 'log', text: `${trial.id}: ${action.name} after ${action.sent} requests` }
          : { type: 'action-failed', trial: trial.id, action: action.name, failure: action.failure },
      );
    },
  });
  phases.enter('warmup');
  const look = (): void => {
    watch.look(elapsed());
    host.look(elapsed());
  };
  const result = await watched(run, running, { phases, actions, memory, look }).catch(async (error: unknown) => {
    const lateness = ((running.behind?.() ?? 0) * experiment.plan.rate) / trace.length;
    over.abort(error);
    run.onCutOff({ trial, lateness, host: await host.finish(elapsed()).catch(() => meanLoad([])) });
    throw error;
  });
  const load = await host.finish(elapsed());
  journal.replay(trial.id, result);
  const givenUp = running.givenUp?.() ?? 0;
  if (givenUp > 0) journal.note({ code: 'answers-given-up', facts: { answers: givenUp }, trial: trial.id });
  phases.enter('idle');
  await actions.settled();
  await clock.sleep(experiment.plan.idleSeconds, signal);
  phases.close();
  const origin = await stack.originCounts();
  if (origin) journal.origin(trial.id, origin);
  for (const said of (await stack.notes?.()) ?? []) {
    const note = { ...said, trial: trial.id };
    journal.note(note);
    experiment.onEvent({ type: 'note', note });
  }
  return { trial, lateness: latenessOf(result), host: load };
}

interface Watch {
  readonly phases: PhaseRecorder;
  readonly actions: Actions;
  readonly memory: ReadonlyMap<string, number>;
  /** @throws SlopegateError  if the trial need not go on */
  readonly look: () => void;
}

/**
 * Waits for the replay. Meanwhile begins the actions that are due, marks the end of the warm-up and reports progress.
 */
async function watched(run: TrialRun, replay: RunningReplay, { phases, actions, memory, look }: Watch) {
  const { experiment, trial, trace, warmup, signal } = run;
  const settled = new AbortController();
  const finished = replay.done.finally(() => settled.abort());
  finished.catch(() => {});
  const began = experiment.clock.seconds();
  const longest = trace.length / experiment.plan.rate + mostLateSeconds(run) + LONGEST_ANSWER_SECONDS;
  let inWindow = false;
  for (let polls = 0; !settled.signal.aborted; polls += 1) {
    if (!inWindow && replay.answered() >= warmup) {
      inWindow = true;
      phases.enter('window');
      run.onWarm(replay.behind?.() ?? 0);
    }
    actions.reached(replay.sent());
    look();
    if (experiment.clock.seconds() - began > longest)
      throw new SlopegateError('TOO_LATE', `The load of ${trial.id} did not end in ${Math.round(longest)} s.`, {
        hint: 'The entry answers too slowly for this rate, or the host is too busy: lower traffic.rate',
      });
    if (polls % 10 === 0) {
      experiment.onEvent({
        type: 'progress',
        arm: trial.arm,
        trial: trial.id,
        answered: replay.answered(),
        planned: trace.length,
        memoryBytes: Object.fromEntries(memory),
      });
    }
    await Promise.race([experiment.clock.sleep(POLL_SECONDS, signal), finished]);
  }
  actions.reached(replay.sent());
  return finished;
}

/** A replay that is further behind its schedule than this cannot become valid again. */
function mostLateSeconds({ experiment: { scenario, plan }, trace }: TrialRun): number {
  const scheduled = trace.length / plan.rate;
  return Math.max(LEAST_LATE_SECONDS, LATE_FACTOR * scenario.identity.paceTolerance * scheduled);
}

/** A service that is restarted on purpose ends and begins again; a remedy replaces its processes. */
function isPlanned(actions: TrialRun['actions'], { kind, service }: ContainerEvent): boolean {
  return actions.some(({ step, only }) => {
    if (!('service' in step) || step.service !== service) return false;
    if (kind === 'process-replaced') return only !== undefined;
    return step.kind === 'restart' && (kind === 'exit' || kind === 'restart');
  });
}

function remember(memory: Map<string, number>, reading: Reading): void {
  const bytes = reading.minimum[PRIMARY_METRIC];
  if (bytes !== undefined) memory.set(reading.service, bytes);
}
