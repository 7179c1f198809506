import { SlopegateError } from '../model/index.js';
import type { DockerConnection } from './connect.js';

const CONNECTION_ERRORS = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ECONNRESET',
  'EPIPE',
  'EACCES',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'DOCKER_UNREACHABLE',
]);

/** Checks that the daemon answers. DOCKER_UNREACHABLE if it does not. */
export async function reach({ docker, host }: Pick<DockerConnection, 'docker' | 'host'>): Promise<void> {
  try {
    await docker.ping();
  } catch (cause) {
    throw unreachable(cause, host);
  }
}

/** Whether an error means that the daemon itself no longer answers. */
export function isUnreachable(error: unknown): boolean {
  return CONNECTION_ERRORS.has((error as NodeJS.ErrnoException | null)?.code ?? '');
}

/** The error for a daemon that does not answer, with things to try. */
export function unreachable(cause: unknown, host?: string): SlopegateError {
  const code = (cause as NodeJS.ErrnoException).code;
  const hint =
    code === 'EACCES'
      ? 'This user may not use the Docker socket: join the docker group, or run as root.'
      : 'Start the daemon (`npm run demo` does so on Debian and Ubuntu), or set DOCKER_HOST to another one.';
  return new SlopegateError(
    'DOCKER_UNREACHABLE',
    `The Docker daemon${host === undefined ? '' : ` at ${host}`} does not answer`,
    { because: cause, hint },
  );
}
