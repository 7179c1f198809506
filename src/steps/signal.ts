import { handleOf } from '../docker/containers.js';
import type { StepContext } from './context.js';

/** Sends a signal to the main process of every container of a service. The image needs no shell. */
export async function sendSignal(context: StepContext, service: string, signal: string): Promise<void> {
  const running = (await context.containers()).filter(
    (container) => handleOf(container).service === service && container.State.Running,
  );
  if (running.length === 0) throw new Error(`${service} has no running container`);
  await Promise.all(
    running.map(({ Id }) => context.docker.getContainer(Id).kill({ signal, abortSignal: context.signal })),
  );
}
