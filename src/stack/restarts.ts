import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { handleOf, inspectAll, type Inspected } from '../docker/containers.js';
import type { Belonging } from '../docker/labels.js';
import { lastLogLines, quoted } from '../docker/logs.js';
import { SlopegateError, type RunNote } from '../model/index.js';

const PAUSE_MS = 200;
const LOG_LINES = 20;

interface Standing {
  readonly docker: Docker;
  readonly belonging: Belonging;
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
  const { docker, belonging } = standing;
  await untilNoneRestarts(standing);
  for (const { Id, HostConfig } of await inspectAll(docker, belonging))
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

async function untilNoneRestarts({ docker, belonging, signal, seconds }: Standing): Promise<Inspected[]> {
  const deadline = AbortSignal.timeout(seconds * 1000);
  for (;;) {
    const containers = await inspectAll(docker, belonging);
    const restarting = containers.find(({ State }) => State.Restarting);
    if (restarting === undefined) return containers;
    if (deadline.aborted) {
      const { id, service } = handleOf(restarting);
      const log = await lastLogLines(docker, id, LOG_LINES);
      throw new SlopegateError(
        'START_FAILED',
        `${service} ended with exit code ${restarting.State.ExitCode} while starting after ` +
          `${restarting.RestartCount} restarts, and is being restarted again.`,
        { hint: log === '' ? 'It wrote nothing to its log.' : `Its last log lines:\n${quoted(log)}` },
      );
    }
    await sleep(PAUSE_MS, undefined, { signal });
  }
}

/** What the report says of restarts while an arm started. */
export function restartNotes(counts: ReadonlyMap<string, number>): RunNote[] {
  return [...counts].map(([service, times]) => ({ code: 'restarted-before-load', facts: { service, times } }));
}
