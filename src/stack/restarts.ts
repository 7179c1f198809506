import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { handleOf, inspectAll, type Inspected } from '../docker/containers.js';
import type { ResourceOwner } from '../docker/labels.js';
import { lastLogLines, quoted } from '../docker/logs.js';
import { SlopegateError, type RunNote } from '../model/index.js';

const PAUSE_MS = 200;
const LOG_LINES = 20;
/** A container that is started again and again can be seen running for a moment. */
const STEADY_SECONDS = 5;

interface Standing {
  readonly docker: Docker;
  readonly ownedBy: ResourceOwner;
  readonly signal: AbortSignal;
  /** How long a container that is being restarted may take until it runs. */
  readonly seconds: number;
}

/**
 * Switches restarts off in an arm that stands: from now on a restart is a finding. Returns how often each service had
 * been restarted until then; services without restarts are left out.
 * @throws SlopegateError START_FAILED for a container that does not stay up
 */
export async function endRestarts(standing: Standing): Promise<ReadonlyMap<string, number>> {
  const { docker, ownedBy } = standing;
  await untilNoneRestarts(standing);
  for (const { Id, HostConfig } of await inspectAll(docker, ownedBy))
    if (!['', 'no'].includes(HostConfig.RestartPolicy?.Name ?? ''))
      await docker.getContainer(Id).update({ RestartPolicy: { Name: 'no' } });
  // What was being restarted at that moment still starts once more.
  const counts = new Map<string, number>();
  for (const container of await untilNoneRestarts(standing)) {
    const { service } = handleOf(container);
    if (container.RestartCount > 0) counts.set(service, (counts.get(service) ?? 0) + container.RestartCount);
  }
  return counts;
}

/** Waits until every container that was restarted runs, and has run for a while. */
async function untilNoneRestarts({ docker, ownedBy, signal, seconds }: Standing): Promise<Inspected[]> {
  const deadline = AbortSignal.timeout(seconds * 1000);
  const steady = steadiness();
  for (;;) {
    const containers = await inspectAll(docker, ownedBy);
    const down = containers.find(isDown);
    if (down === undefined && containers.filter(steady).length === containers.length) return containers;
    if (down !== undefined && deadline.aborted) throw await notStanding(docker, down);
    await sleep(PAUSE_MS, undefined, { signal });
  }
}

/** A container that has never been restarted may be a job that ended. */
function isDown({ State, RestartCount }: Inspected): boolean {
  return State.Restarting || (RestartCount > 0 && !State.Running && State.ExitCode !== 0);
}

/** Says of a container that was restarted whether it has been seen running for long enough since then. */
function steadiness(): (container: Inspected) => boolean {
  const since = new Map<string, number>();
  return ({ Id, State, RestartCount }) => {
    if (RestartCount === 0 || !State.Running) return true;
    const life = `${Id} ${RestartCount}`;
    const now = performance.now() / 1000;
    since.set(life, since.get(life) ?? now);
    return now - since.get(life)! >= STEADY_SECONDS;
  };
}

async function notStanding(docker: Docker, container: Inspected): Promise<SlopegateError> {
  const { id, service } = handleOf(container);
  const { Restarting, ExitCode } = container.State;
  const log = await lastLogLines(docker, id, LOG_LINES);
  return new SlopegateError(
    'START_FAILED',
    `${service} ended with exit code ${ExitCode} while starting after ${container.RestartCount} restarts` +
      `${Restarting ? ', and is being restarted again' : ''}.`,
    { hint: log === '' ? 'It wrote nothing to its log.' : `Its last log lines:\n${quoted(log)}` },
  );
}

/** What the report says of restarts while an arm started. */
export function restartNotes(counts: ReadonlyMap<string, number>): RunNote[] {
  return [...counts].map(([service, times]) => ({ code: 'restarted-before-load', facts: { service, times } }));
}
