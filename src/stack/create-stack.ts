import { setTimeout as sleep } from 'node:timers/promises';
import {
  differingSettings,
  distinct,
  isolateArm,
  prepareSites,
  withSettingsFrom,
  type Daemons,
  type PreparedArm,
  type Site,
} from '../arms/index.js';
import type { Line } from '../compose/failures.js';
import { interruption } from '../compose/interruption.js';
import type { DockerConnection } from '../docker/connect.js';
import { labelsOf, type ResourceOwner } from '../docker/labels.js';
import { isUnreachable, reach, unreachable } from '../docker/reach.js';
import { removeLabelled, type Removed } from '../docker/remove.js';
import type { Isolated } from '../isolate/types.js';
import {
  ARMS,
  SlopegateError,
  type ArmName,
  type ChangedService,
  type PrepareRequest,
  type Scenario,
  type Stack,
  type StackRequest,
  type Change,
} from '../model/index.js';
import { createVault, type Vault } from '../steps/index.js';
import { changeWords } from '../words/isolation.js';
import { bringUp } from './bring-up.js';
import { formatOwner, type Owner } from './owner.js';
import { pruneStale } from './prune.js';
import { leftOf } from './take-down.js';
import { serialQueue } from './serial-queue.js';

export interface StackOptions {
  /** Where each arm runs; the same for both unless the scenario says otherwise. */
  readonly daemons: Daemons;
  /** The process that everything created here belongs to. */
  readonly owner: Owner;
  /** Slopegate's own folder on this machine; the lens is kept there. */
  readonly folder: string;
}

/** A stack of containers: each arm a Compose project, isolated, labelled, and removed by label. */
export interface ContainerStack extends Stack {
  /** How the arm's compose model was rewritten, in words; empty before `prepare`. */
  changes(runId: string, arm: ArmName): readonly Change[];
  /** The settings in which a service differs between the arms; empty before `prepare`. */
  differingSettings(runId: string, service: string): readonly string[];
}

/** The `Stack` port on Docker and the Compose command line. */
export function createStack({ daemons, owner, folder }: StackOptions): ContainerStack {
  const runs = new Map<string, { readonly scenario: Scenario; readonly sites: Readonly<Record<ArmName, Site>> }>();
  const ownerLabel = formatOwner(owner);
  const vault = createVault(daemons.baseline.env);
  const oneAtATime = serialQueue();

  async function prepare({ scenario, runId, signal, onLine, onNotice = onLine }: PrepareRequest): Promise<void> {
    const all = distinct(daemons);
    await removeOnFailure({ daemons: all, vault, signal }, { runId }, async () => {
      for (const daemon of all) {
        await reach(daemon);
        for (const [stale, removed] of await pruneStale(daemon, owner))
          onNotice(`Removed what the killed run ${stale} left behind: ${namesOf(removed)}`);
      }
      const labels = labelsOf({ runId }, ownerLabel);
      const sites = await prepareSites({ daemons, scenario, vault, labels, folder, signal, onLine });
      runs.set(runId, { scenario, sites });
      tellChanges(runId, (line) => onLine(vault.mask(line)));
    });
  }

  function isolated(runId: string, arm: ArmName): Isolated | null {
    const run = runs.get(runId);
    if (run === undefined) return null;
    const { arms, subnets } = run.sites[arm];
    return isolateArm(
      { prepared: arms[arm], owner: ownerLabel, request: { scenario: run.scenario, arm } },
      { runId, trialId: arm, arm },
      subnets,
    );
  }

  const changes = (runId: string, arm: ArmName): readonly Change[] => isolated(runId, arm)?.changes ?? [];

  function tellChanges(runId: string, onLine: Line): void {
    const lines = ARMS.flatMap((arm) => changes(runId, arm).map((change) => `${change.path}: ${changeWords(change)}`));
    for (const line of new Set(lines)) onLine(line);
  }

  return {
    prepare,
    changes,
    differingSettings(runId, service) {
      const arms = runs.get(runId)?.sites.candidate.arms;
      return arms === undefined ? [] : differingSettings(service, arms.baseline.model, arms.candidate.model);
    },
    async up(request: StackRequest) {
      const { scenario, arm, runId, trialId, signal } = request;
      if (!runs.has(runId)) await prepare({ scenario, runId, signal, onLine: () => {} });
      const { daemon, compose, arms } = runs.get(runId)!.sites[arm];
      return removeOnFailure({ daemons: [daemon], vault, signal }, { runId, trialId, arm }, () =>
        bringUp({
          daemon,
          compose,
          prepared: withChange(arms, arm, request.changed),
          old: scenario.stack.upgrade === 'in-place' ? arms.baseline : null,
          owner: ownerLabel,
          vault,
          oneAtATime,
          request,
        }),
      );
    },
  };
}

/** The arm with one service changed. */
function withChange(arms: Site['arms'], arm: ArmName, changed: ChangedService | undefined): PreparedArm {
  const prepared = arms[arm];
  if (changed === undefined) return prepared;
  const { service, imageId, settings } = changed;
  const other = arms[arm === 'baseline' ? 'candidate' : 'baseline'];
  const image = prepared.images[service];
  const images = image === undefined || imageId === null ? {} : { [service]: { ...image, id: imageId } };
  const model = withSettingsFrom(prepared.model, other.model, service, settings);
  return { ...prepared, model, images: { ...prepared.images, ...images } };
}

const SETTLE_MS = 500;

/**
 * Does the work, or takes down what it had begun and throws what went wrong: the first error, never that of the
 * clean-up alone.
 */
async function removeOnFailure<Result>(
  {
    daemons,
    vault,
    signal,
  }: { readonly daemons: readonly DockerConnection[]; readonly vault: Vault; readonly signal: AbortSignal },
  ownedBy: ResourceOwner,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    const failure = masked(describe(error, signal), vault);
    // Before the first trial nothing was created that could be left.
    const early = ownedBy.trialId === undefined;
    if (failure.code === 'COMPOSE_MISSING' || (early && failure.code === 'DOCKER_UNREACHABLE')) throw failure;
    try {
      // The daemon may still be at work on what the interrupted client had asked for.
      if (signal.aborted) await sleep(SETTLE_MS);
      for (const { docker } of daemons) await removeLabelled(docker, ownedBy);
    } catch (leftover) {
      throw failure.with({
        hint: [failure.hint, `The clean-up failed too: ${(leftover as Error).message}`, leftOf(ownedBy)]
          .filter(Boolean)
          .join('\n'),
      });
    }
    throw failure;
  }
}

function describe(error: unknown, signal: AbortSignal): SlopegateError {
  if (signal.aborted) return interruption(signal);
  if (error instanceof SlopegateError) return error;
  if (isUnreachable(error)) return unreachable(error);
  return new SlopegateError('START_FAILED', 'Docker refused', { because: error });
}

/** An error may carry log lines, and they whatever the stack was told. */
function masked(failure: SlopegateError, { mask }: Vault): SlopegateError {
  const { message, hint = '', reason } = failure;
  const texts = [message, hint, reason ?? ''];
  if (texts.every((text) => mask(text) === text)) return failure;
  return failure.with({
    message: mask(message),
    // What stood behind it says the same without a mask.
    cause: undefined,
    reason: reason === null ? null : mask(reason),
    ...(hint === '' ? {} : { hint: mask(hint) }),
  });
}

function namesOf({ containers, networks, volumes, images }: Removed): string {
  return [...containers, ...networks, ...volumes, ...images].join(', ');
}
