import type Docker from 'dockerode';
import { handleOf } from '../docker/containers.js';
import { demultiplex } from '../docker/logs.js';
import type { StepOutput } from '../model/index.js';
import type { StepContext } from './context.js';

/**
 * Runs a command in the first container of a service. Any exit code other than 0 is an error, which contains the
 * command's output.
 */
export async function execIn(
  context: StepContext,
  service: string,
  command: readonly string[],
  user: string | null,
  signal: AbortSignal,
): Promise<StepOutput> {
  const container = (await context.containers()).find(
    (candidate) => handleOf(candidate).service === service && candidate.State.Running,
  );
  if (container === undefined) throw new Error(`${service} has no running container`);
  const exec = await context.docker.getContainer(container.Id).exec({
    Cmd: command.map((word) => context.fill(word)),
    AttachStdout: true,
    AttachStderr: true,
    ...(user === null ? {} : { User: user }),
  });
  const text = await outputOf(exec, signal);
  const { ExitCode: code } = await exec.inspect();
  if (code !== 0)
    throw new Error(`it ended with exit code ${code}: ${text.trim().slice(-300) || 'it printed nothing'}`);
  return { text, headers: {} };
}

async function outputOf(exec: Docker.Exec, signal: AbortSignal): Promise<string> {
  const stream = await exec.start({ hijack: true, stdin: false });
  const stop = () => stream.destroy(new Error('it did not end in time'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return demultiplex(Buffer.concat(chunks));
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
