import type Docker from 'dockerode';
import { SlopegateError } from '../model/index.js';
import type { Line } from '../compose/failures.js';

/** Content id of a local image; null if the image is not here. COMPOSE_CONFIG if no image can have this name. */
export async function imageId(docker: Docker, name: string): Promise<string | null> {
  try {
    return (await docker.getImage(name).inspect()).Id;
  } catch (error) {
    const { statusCode } = error as { statusCode?: number };
    if (statusCode === 404) return null;
    if (statusCode !== 400) throw error;
    throw new SlopegateError('COMPOSE_CONFIG', `No image can be called ${name}`, {
      because: error,
      hint: 'Correct its name in the compose file: small letters, digits, and a tag after a colon.',
    });
  }
}

/** Pulls an image that is not here. IMAGE_MISSING if no registry has it. */
export async function ensureImage(docker: Docker, name: string, onLine: Line, signal: AbortSignal): Promise<string> {
  const present = await imageId(docker, name);
  if (present !== null) return present;
  onLine(`Pulling ${name}`);
  try {
    const stream = await docker.pull(name, { abortSignal: signal });
    await finished(docker, stream, signal);
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw missing(name, cause);
  }
  const pulled = await imageId(docker, name);
  if (pulled === null) throw missing(name, undefined);
  return pulled;
}

function finished(docker: Docker, stream: NodeJS.ReadableStream, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      (stream as unknown as { destroy(): void }).destroy();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
    docker.modem.followProgress(stream, (error: Error | null) => {
      signal.removeEventListener('abort', stop);
      if (error) reject(error);
      else resolve();
    });
  });
}

function missing(name: string, cause: unknown): SlopegateError {
  return new SlopegateError('IMAGE_MISSING', `The image ${name} is missing and cannot be pulled`, {
    because: cause,
    hint: 'Correct its name, log in to its registry, load it with `docker load`, or give the service a `build`.',
  });
}
