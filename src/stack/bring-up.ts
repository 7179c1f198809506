import {
  isolateArm,
  refuse,
  settingsOf,
  subnetsInUse,
  type ArmSettingsInForce,
  type PreparedArm,
} from '../arms/index.js';
import type { ArmApi } from '../armapi/arm-api.js';
import { createProject } from '../compose/cli.js';
import { namesOfFileVariables, readFileVariables } from '../compose/file-variables.js';
import type { Compose } from '../compose/find-compose.js';
import type { DockerConnection } from '../docker/connect.js';
import { handleOf, inspectAll } from '../docker/containers.js';
import { labelsOf, projectName, type ResourceOwner } from '../docker/labels.js';
import { lastLogLines } from '../docker/logs.js';
import { removeLabelled } from '../docker/remove.js';
import type { Isolated } from '../isolate/types.js';
import {
  SlopegateError,
  type ArmName,
  type Endpoint,
  type RunNote,
  type RunningStack,
  type StackRequest,
} from '../model/index.js';
import { doStep, runSteps, type StepContext, type Vault } from '../steps/index.js';
import { auditArm } from './audit.js';
import { fill } from './fill/fill.js';
import { portsInUse, portsOf, withFixedPorts } from './fixed-ports.js';
import { originCounts, resetOrigin } from './origin.js';
import { openOwnApi, viewOf } from './own-api.js';
import { openOutboundControl, type OutboundControl } from './outbound/control.js';
import { copyOldVolumes, stopOldVersion, type Seed } from './seed.js';
import { endRestarts, restartNotes } from './restarts.js';
import { start } from './start.js';
import { assertRunning, factsOf, isService } from './started-containers.js';
import { takeDown } from './take-down.js';
import { addressOf, untilReady } from './until-ready.js';

export interface BringUp {
  readonly daemon: DockerConnection;
  readonly compose: Compose;
  readonly prepared: PreparedArm;
  /** The version that ran before, if this arm goes on with its data; null if the arm begins afresh. */
  readonly old: PreparedArm | null;
  readonly owner: string;
  readonly vault: Vault;
  /** Does one piece of work at a time over all arms of this process: a subnet is free until its network stands. */
  readonly oneAtATime: <Result>(work: () => Promise<Result>) => Promise<Result>;
  readonly request: StackRequest;
}

/** With the Docker API that the arm's services may ask. */
type BringUpWithApi = BringUp & { readonly api: ArmApi };

const ATTEMPTS = 3;
/** What is kept of the log of a container that ended under load. */
const LAST_LINES = 50;
const LAST_CHARACTERS = 8_000;
/** Beside the time that the scenario gives an arm to become ready: a busy host starts containers slowly. */
const STARTING_SECONDS = 60;

/**
 * Starts one arm in a project of its own and returns it once it answers. What a failure leaves is the caller's to
 * remove.
 */
export async function bringUp(job: BringUp): Promise<RunningStack> {
  const { daemon, request } = job;
  const { scenario, arm } = request;
  const ownedBy: ResourceOwner = { runId: request.runId, trialId: request.trialId, arm };
  const settings = settingsOf(scenario, arm);
  const labels = labelsOf(ownedBy, job.owner);
  const outbound = await openOutboundControl({
    daemon,
    ownedBy,
    labels,
    setting: scenario.stack.outbound ?? 'bring-up',
  });
  const api = openOwnApi(job.prepared, ownedBy);
  try {
    return await underControl({ ...job, api }, ownedBy, settings, outbound);
  } catch (error) {
    await outbound[Symbol.asyncDispose]();
    await api[Symbol.asyncDispose]();
    throw error;
  }
}

async function underControl(
  job: BringUpWithApi,
  ownedBy: ResourceOwner,
  settings: ArmSettingsInForce,
  outbound: OutboundControl,
): Promise<RunningStack> {
  const { daemon, prepared, old, request } = job;
  const { docker } = daemon;
  const { scenario, arm, signal } = request;
  let seed: Seed = new Map();
  const told: RunNote[] = [];
  if (old !== null) {
    const { isolated, restarts: before } = await startVersion(
      { ...job, prepared: old },
      ownedBy,
      { arm: 'baseline', suffix: '-old', ...settingsOf(scenario, 'baseline') },
      seed,
      outbound,
    );
    seed = await stopOldVersion(docker, ownedBy, isolated);
    told.push(...restartNotes(before));
  }
  const { isolated, control, entry, context, restarts } = await startVersion(
    job,
    ownedBy,
    { arm, suffix: '', ...settings, steps: old === null ? settings.steps : settings.upgraded },
    seed,
    outbound,
  );
  await outbound.close();
  const all = await inspectAll(docker, ownedBy);
  const { allow = [] } = scenario.stack;
  await auditArm(docker, all, { model: isolated.model, publishedOn: prepared.publishedOn, allow });
  const containers = all.filter((one) => one.State.Running && isService(one));

  return {
    arm,
    project: projectName(ownedBy),
    entry,
    containers: containers.map(handleOf),
    facts: containers.map((container) => factsOf(container, prepared)),
    perform: (step, performing) => doStep(underLoad(context, job, ownedBy, performing), step, step.name, scenario.file),
    lastLog: async ({ service, container }) => {
      const ended = containers
        .map(handleOf)
        .find((handle) => handle.service === service && handle.container === container);
      return ended === undefined
        ? ''
        : job.vault.mask(await lastLogLines(docker, ended.id, LAST_LINES)).slice(-LAST_CHARACTERS);
    },
    resetOrigin: async () => (control === null ? undefined : resetOrigin(control, signal)),
    originCounts: async () => (control === null ? null : originCounts(control, signal)),
    notes: async () => [...told, ...restartNotes(restarts), ...(await outbound.notes()), ...job.api.notes()],
    [Symbol.asyncDispose]: async () => {
      await outbound[Symbol.asyncDispose]();
      await job.api[Symbol.asyncDispose]();
      await takeDown(daemon, ownedBy);
    },
  };
}

/** Which of the two versions is started, and as whose: in an in-place upgrade both arms begin as the old one. */
type Version = ArmSettingsInForce & { readonly arm: ArmName; readonly suffix: string };

async function startVersion(
  job: BringUpWithApi,
  ownedBy: ResourceOwner,
  version: Version,
  seed: Seed,
  outbound: Pick<OutboundControl, 'hold' | 'starting'>,
) {
  const {
    daemon,
    prepared,
    request,
    request: { scenario, signal },
  } = job;
  const { docker } = daemon;
  const started = { ...job, compose: await withFileVariables(job, version.arm) };
  const isolated = await job.oneAtATime(() => create(started, ownedBy, version));
  const labels = labelsOf(ownedBy, job.owner);
  const copies =
    seed.size === 0 ? isolated.copies : await copyOldVolumes({ docker, ownedBy, labels, seed, own: isolated, signal });
  if (copies.length > 0) {
    const volumes = Object.fromEntries(
      Object.entries(isolated.model.volumes ?? {}).map(([key, volume]) => [key, volume?.name ?? key]),
    );
    await fill({
      docker,
      containers: await inspectAll(docker, ownedBy),
      copies,
      volumes,
      moves: isolated.moves,
      labels,
      signal,
      sizeOf: (source) => Object.values(prepared.hostPaths).find(({ real }) => real === source)?.bytes ?? null,
      onLine: request.onLine ?? (() => {}),
    });
  }
  await outbound.hold();
  await startOnFreePorts(started, ownedBy, isolated, version.ready.timeoutSeconds + STARTING_SECONDS);
  await outbound.starting();

  const stillRunning = async () => {
    const containers = await inspectAll(docker, ownedBy);
    await assertRunning(docker, containers, prepared);
    return containers;
  };
  const wait = { daemon, signal, stillRunning };
  const control =
    version.origin === null
      ? null
      : await untilReady(wait, version.origin, { ...version.ready, path: '/counts', status: 200 });
  const captured = new Map<string, string>();
  const context: StepContext = {
    docker,
    vault: job.vault,
    captured,
    cookies: new Map(),
    signal,
    containers: stillRunning,
    addressOf: (endpoint: Endpoint) => addressOf(wait, endpoint),
    fill: (text: string) => job.vault.fill(text, captured),
  };
  await runSteps(context, version.steps, scenario.file);
  const entry = await untilReady(wait, version.entry, version.ready, scenario.traffic);
  const restarts = await endRestarts({ docker, ownedBy, signal, seconds: version.ready.timeoutSeconds });
  return { isolated, control, context, entry, restarts };
}

/** Starts the containers. If another program took one of their ports meanwhile, they get others. */
async function startOnFreePorts(
  job: BringUp,
  ownedBy: ResourceOwner,
  isolated: Isolated,
  seconds: number,
): Promise<void> {
  // A container that is made anew has lost what was put into it.
  const mayRepeat = !isolated.copies.some(({ kind }) => kind === 'into');
  let { model } = isolated;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(job, ownedBy, model, seconds);
    } catch (error) {
      const taken = error instanceof SlopegateError && error.code === 'PORT_TAKEN';
      if (!taken || !mayRepeat || attempt === ATTEMPTS) throw error;
      model = withFixedPorts(model, new Set([...portsOf(model), ...(await portsInUse(job.daemon))]));
    }
  }
}

/** Compose with the values of the variables that are the contents of this arm's configs and secrets. */
async function withFileVariables({ compose, prepared, request, vault }: BringUp, arm: ArmName): Promise<Compose> {
  const settings = request.scenario.arms[arm];
  const names = namesOfFileVariables(prepared.model);
  const values = await readFileVariables({ compose, signal: request.signal }, settings, names, vault.fill);
  return { ...compose, env: { ...compose.env, ...values } };
}

/**
 * What the bring-up steps had captured, for a step on the arm as it is now: a container that has ended is not one that
 * failed to start.
 */
function underLoad(
  context: StepContext,
  { daemon }: BringUp,
  ownedBy: ResourceOwner,
  signal: AbortSignal,
): StepContext {
  const containers = () => inspectAll(daemon.docker, ownedBy);
  return {
    ...context,
    signal,
    containers,
    addressOf: (endpoint) => addressOf({ daemon, signal, stillRunning: containers }, endpoint),
  };
}

/**
 * Networks, volumes and containers, not yet started. Somebody else's network may come in between: then with other
 * subnets.
 */
async function create(job: BringUpWithApi, ownedBy: ResourceOwner, { arm, suffix }: Version): Promise<Isolated> {
  const {
    daemon,
    compose,
    request: { signal },
  } = job;
  for (let attempt = 1; ; attempt += 1) {
    const rewritten = isolateArm(
      { prepared: job.prepared, owner: job.owner, suffix, request: { scenario: job.request.scenario, arm } },
      ownedBy,
      await subnetsInUse(daemon),
    );
    refuse(rewritten.refusals, job.request.scenario.file);
    const isolated = { ...rewritten, model: withFixedPorts(rewritten.model, await portsInUse(daemon)) };
    await job.api.serve(viewOf(job.prepared, isolated), isolated.apiSockets);
    try {
      await createProject({ compose, signal }, isolated.model);
      return isolated;
    } catch (error) {
      const taken = error instanceof SlopegateError && error.code === 'SUBNET_TAKEN';
      if (!taken || attempt === ATTEMPTS) throw error;
      await removeLabelled(daemon.docker, ownedBy);
    }
  }
}
