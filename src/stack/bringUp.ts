import type Docker from 'dockerode';
import { SlopegateError, type RunningStack, type Scenario, type StackRequest } from '../model/index.js';
import { startProject } from './compose/cli.js';
import type { Compose } from './compose/findCompose.js';
import { assertRunning, factsOf, handleOf, inspectAll, publishedPort } from './containers.js';
import { lastLogLines } from './docker/logs.js';
import { removeLabelled } from './docker/remove.js';
import { isolate } from './isolate/isolate.js';
import { labelsOf, projectName, type Belonging } from './labels.js';
import { originCounts, resetOrigin } from './origin.js';
import type { PreparedArm } from './prepareArms.js';
import { waitForAnswer } from './ready.js';

export interface BringUp {
  readonly docker: Docker;
  readonly compose: Compose;
  readonly prepared: PreparedArm;
  readonly owner: string;
  readonly request: StackRequest;
}

type Ready = Scenario['stack']['ready'];
type Endpoint = Scenario['stack']['entry'];

const LOOPBACK = '127.0.0.1';
const LOG_LINES = 20;

/** Starts one arm in a project of its own and returns it once it answers. What a failure leaves is the caller's to remove. */
export async function bringUp(job: BringUp): Promise<RunningStack> {
  const { docker, compose, prepared, request } = job;
  const { scenario, arm, signal } = request;
  const belonging: Belonging = { runId: request.runId, trialId: request.trialId, arm };
  const { model } = isolateArm(job, belonging);
  await startProject({ compose, signal }, model);

  const { entry, origin, ready } = scenario.stack;
  const deadline = AbortSignal.timeout(ready.timeoutSeconds * 1000);
  const originPort = origin === null ? null : await untilReady(job, belonging, origin, { ...ready, path: '/counts', status: 200 }, deadline);
  const entryPort = await untilReady(job, belonging, entry, ready, deadline);
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

/** The model that is started for this arm, and how it differs from its compose files. */
export function isolateArm({ prepared, owner, request: { scenario } }: Pick<BringUp, 'prepared' | 'owner' | 'request'>, belonging: Belonging): ReturnType<typeof isolate> {
  const { entry, origin, limits } = scenario.stack;
  return isolate(prepared.model, {
    project: projectName(belonging),
    labels: labelsOf(belonging, owner),
    publish: [entry, ...(origin === null ? [] : [origin])],
    limits,
    images: Object.fromEntries(Object.entries(prepared.images).map(([service, image]) => [service, image.id])),
  });
}

/** Waits for the answer that makes an endpoint ready, and returns its port on the loopback interface. */
async function untilReady({ docker, prepared, request }: BringUp, belonging: Belonging, endpoint: Endpoint, ready: Ready, deadline: AbortSignal): Promise<number> {
  const stillRunning = async () => {
    const containers = await inspectAll(docker, belonging);
    await assertRunning(docker, containers, prepared);
    return containers;
  };
  const containers = await stillRunning();
  const name = `${endpoint.service}:${endpoint.port}`;
  const port = publishedPort(containers, endpoint);
  if (port === null) {
    throw new SlopegateError('START_FAILED', `Docker published no port for ${name}.`, { hint: 'The service needs a bridge network that is not internal.' });
  }
  const answer = await waitForAnswer({ host: LOOPBACK, port, path: ready.path, signal: request.signal }, ready.status, deadline, stillRunning);
  if (answer.ready) return port;
  const container = containers.find((candidate) => handleOf(candidate).service === endpoint.service);
  const log = container === undefined ? '' : await lastLogLines(docker, container.Id, LOG_LINES);
  throw new SlopegateError('NOT_READY', `${name} is not ready: ${ready.path} was to answer ${ready.status} within ${ready.timeoutSeconds} s, but ${answer.last}.`, {
    hint: log === '' ? `${endpoint.service} wrote nothing to its log.` : `Last log lines of ${endpoint.service}:\n${log}`,
  });
}
