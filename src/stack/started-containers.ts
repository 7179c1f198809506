import type Docker from 'dockerode';
import type { PreparedArm } from '../arms/index.js';
import { handleOf, type Inspected } from '../docker/containers.js';
import { lastLogLines, quoted } from '../docker/logs.js';
import { HOST_SERVICE } from '../armhost/arm-host.js';
import { SlopegateError, type ContainerFacts } from '../model/index.js';

const LOG_LINES = 20;

/** Whether a container is a service of the compose file, and not the arm's own host. */
export function isService(container: Inspected): boolean {
  return handleOf(container).service !== HOST_SERVICE;
}

/** What ran: image, versions and the limits that Docker really applied. */
export function factsOf(container: Inspected, { images }: PreparedArm): ContainerFacts {
  const { service, container: number } = handleOf(container);
  const { Memory: memory, NanoCpus: nanoCpus } = container.HostConfig;
  return {
    service,
    container: number,
    image: images[service]?.name ?? container.Config.Image,
    imageId: container.Image,
    versions: images[service]?.versions ?? {},
    memoryLimitBytes: memory ? memory : null,
    cpus: nanoCpus ? nanoCpus / 1e9 : null,
  };
}

/**
 * START_FAILED for the first container that has ended, unless it completed its work and others wait for that, or Docker
 * is about to start it again.
 */
export async function assertRunning(
  docker: Docker,
  containers: readonly Inspected[],
  { model }: PreparedArm,
): Promise<void> {
  const oneShot = new Set(
    Object.values(model.services).flatMap(({ depends_on: others = {} }) =>
      Object.entries(others)
        .filter(([, { condition }]) => condition === 'service_completed_successfully')
        .map(([service]) => service),
    ),
  );
  for (const container of containers) {
    const { Status: status, ExitCode: code, OOMKilled: killed } = container.State;
    if (['running', 'created', 'restarting'].includes(status)) continue;
    if (code === 0 && oneShot.has(handleOf(container).service)) continue;
    const { id, service } = handleOf(container);
    const restarts = container.RestartCount === 0 ? '' : ` after ${container.RestartCount} restarts`;
    const why = killed ? ', killed because memory ran out' : '';
    const log = await lastLogLines(docker, id, LOG_LINES);
    throw new SlopegateError(
      'START_FAILED',
      `${service} ended with exit code ${code} while starting${restarts}${why}.`,
      {
        hint: log === '' ? 'It wrote nothing to its log.' : `Its last log lines:\n${quoted(log)}`,
      },
    );
  }
}
