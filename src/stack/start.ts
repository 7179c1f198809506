import { startProject } from '../compose/cli.js';
import type { Compose } from '../compose/find-compose.js';
import type { ComposeModel } from '../compose/model.js';
import type { DockerConnection } from '../docker/connect.js';
import { handleOf, inspectAll } from '../docker/containers.js';
import type { ResourceOwner } from '../docker/labels.js';
import { lastLogLines, quoted } from '../docker/logs.js';
import { SlopegateError } from '../model/index.js';

const LOG_LINES = 20;

interface Starting {
  readonly daemon: Pick<DockerConnection, 'docker'>;
  readonly compose: Compose;
  readonly request: { readonly signal: AbortSignal };
}

/** Compose waits for the health of services on which others depend, but only for a limited time. */
export async function start(
  { daemon: { docker }, compose, request: { signal } }: Starting,
  ownedBy: ResourceOwner,
  model: ComposeModel,
  seconds: number,
): Promise<void> {
  const deadline = AbortSignal.timeout(seconds * 1000);
  try {
    await startProject({ compose, signal: AbortSignal.any([signal, deadline]) }, model);
  } catch (error) {
    if (signal.aborted || !deadline.aborted) throw error;
    const waiting = (await inspectAll(docker, ownedBy)).filter(
      ({ State }) => State.Health?.Status === 'starting' || State.Health?.Status === 'unhealthy',
    );
    const logs = await Promise.all(
      waiting.map(async (container) => {
        const log = await lastLogLines(docker, container.Id, LOG_LINES);
        return `Last log lines of ${handleOf(container).service}:\n${quoted(log)}`;
      }),
    );
    const names = waiting.map((container) => handleOf(container).service).join(', ');
    throw new SlopegateError(
      'NOT_READY',
      `The containers did not all start within ${seconds} s${names === '' ? '' : `; not healthy: ${names}`}.`,
      { cause: error, hint: logs.join('\n') || 'Give it more time with stack.ready.timeout.' },
    );
  }
}
