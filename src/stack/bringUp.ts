import type Docker from 'dockerode';
import { SlopegateError, type RunningStack, type StackRequest } from '../model/index.js';
import { createProject, startProject } from './compose/cli.js';
import type { Compose } from './compose/findCompose.js';
import { assertRunning, factsOf, handleOf, inspectAll } from './containers.js';
import { lastLogLines } from './docker/logs.js';
import { removeLabelled } from './docker/remove.js';
import { fill } from './fill/fill.js';
import type { Isolated } from './isolate/isolate.js';
import { isolateArm, settingsOf } from './isolate-arm.js';
import { labelsOf, projectName, type Belonging } from './labels.js';
import { originCounts, resetOrigin } from './origin.js';
import type { PreparedArm } from './prepareArms.js';
import { refuse } from './refuse.js';
import { runSteps } from './steps/run-steps.js';
import type { Vault } from './steps/vault.js';
import { subnetsInUse } from './survey/subnets-in-use.js';
import { LOOPBACK, portOf, untilReady } from './until-ready.js';

export interface BringUp {
  readonly docker: Docker;
  readonly compose: Compose;
  readonly prepared: PreparedArm;
  readonly owner: string;
  readonly vault: Vault;
  /** Does one piece of work at a time over all arms of this process: a subnet is free until its network stands. */
  readonly oneAtATime: <Result>(work: () => Promise<Result>) => Promise<Result>;
  readonly request: StackRequest;
}

const ATTEMPTS = 3;
const LOG_LINES = 20;

/** Starts one arm in a project of its own and returns it once it answers. What a failure leaves is the caller's to remove. */
export async function bringUp(job: BringUp): Promise<RunningStack> {
  const { docker, prepared, request } = job;
  const { scenario, arm, signal } = request;
  const belonging: Belonging = { runId: request.runId, trialId: request.trialId, arm };
  const { entry, origin, ready, steps } = settingsOf(scenario, arm);
  const { model, copies, moves } = await job.oneAtATime(() => create(job, belonging));
  if (copies.length > 0) {
    const volumes = Object.fromEntries(Object.entries(model.volumes ?? {}).map(([key, volume]) => [key, volume?.name ?? key]));
    await fill({ docker, containers: await inspectAll(docker, belonging), copies, volumes, moves, labels: labelsOf(belonging, job.owner) });
  }
  await start(job, belonging, model, ready.timeoutSeconds);

  const stillRunning = async () => {
    const containers = await inspectAll(docker, belonging);
    await assertRunning(docker, containers, prepared);
    return containers;
  };
  const wait = { docker, signal, stillRunning };
  const originPort = origin === null ? null : await untilReady(wait, origin, { ...ready, path: '/counts', status: 200 });
  const captured = new Map<string, string>();
  const context = { docker, vault: job.vault, captured, cookies: new Map(), signal, containers: stillRunning, portOf: (endpoint: typeof entry) => portOf(wait, endpoint), fill: (text: string) => job.vault.fill(text, captured) };
  await runSteps(context, steps, scenario.file);
  const entryPort = await untilReady(wait, entry, ready);
  const control = originPort === null ? null : { host: LOOPBACK, port: originPort };
  const containers = (await inspectAll(docker, belonging)).filter(({ State }) => State.Running);

  return {
    arm,
    project: projectName(belonging),
    entry: { host: LOOPBACK, port: entryPort },
    containers: containers.map(handleOf),
    facts: containers.map((container) => factsOf(container, prepared)),
    resetOrigin: async () => (control === null ? undefined : resetOrigin(control, signal)),
    originCounts: async () => (control === null ? null : originCounts(control, signal)),
    [Symbol.asyncDispose]: async () => {
      await removeLabelled(docker, belonging);
    },
  };
}

/** Networks, volumes and containers, not yet started. Somebody else's network may come in between: then with other subnets. */
async function create(job: BringUp, belonging: Belonging): Promise<Isolated> {
  const { docker, compose, request: { signal } } = job;
  for (let attempt = 1; ; attempt += 1) {
    const isolated = isolateArm(job, belonging, await subnetsInUse(docker));
    refuse(isolated.refusals, job.request.scenario.file);
    try {
      await createProject({ compose, signal }, isolated.model);
      return isolated;
    } catch (error) {
      const taken = error instanceof SlopegateError && error.message.includes('free a moment ago');
      if (!taken || attempt === ATTEMPTS) throw error;
      await removeLabelled(docker, belonging);
    }
  }
}

/** Compose waits for the health of what others depend on; it does so no longer than the scenario gives an arm to become ready. */
async function start({ docker, compose, request: { signal } }: BringUp, belonging: Belonging, model: Isolated['model'], seconds: number): Promise<void> {
  const deadline = AbortSignal.timeout(seconds * 1000);
  try {
    await startProject({ compose, signal: AbortSignal.any([signal, deadline]) }, model);
  } catch (error) {
    if (signal.aborted || !deadline.aborted) throw error;
    const waiting = (await inspectAll(docker, belonging)).filter(({ State }) => State.Health?.Status === 'starting' || State.Health?.Status === 'unhealthy');
    const logs = await Promise.all(waiting.map(async (container) => `Last log lines of ${handleOf(container).service}:\n${await lastLogLines(docker, container.Id, LOG_LINES)}`));
    const names = waiting.map((container) => handleOf(container).service).join(', ');
    throw new SlopegateError('NOT_READY', `The containers did not all start within ${seconds} s${names === '' ? '' : `; not healthy: ${names}`}.`, { cause: error, hint: logs.join('\n') || 'Give it more time with stack.ready.timeout.' });
  }
}
