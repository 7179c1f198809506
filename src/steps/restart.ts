import { handleOf } from '../docker/containers.js';
import type { StepContext } from './context.js';

/** Restarts every container of a service as `docker restart` does, running or not, and waits until they run again. */
export async function restartService(context: StepContext, service: string): Promise<void> {
  const own = (await context.containers()).filter((container) => handleOf(container).service === service);
  if (own.length === 0) throw new Error(`${service} has no container`);
  await Promise.all(own.map(({ Id }) => context.docker.getContainer(Id).restart({ abortSignal: context.signal })));
}
