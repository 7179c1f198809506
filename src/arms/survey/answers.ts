import { SlopegateError } from '../../model/index.js';

/** A disk answers within milliseconds, a busy network file system within seconds. */
const WITHIN_MS = 10_000;

/**
 * What a file system says about a path; null if there is nothing, or access is denied.
 * @throws SlopegateError COMPOSE_CONFIG if it does not answer
 */
export async function answers<Value>(path: string, work: Promise<Value>, withinMs = WITHIN_MS): Promise<Value | null> {
  const late = Symbol('late');
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<typeof late>((resolve) => {
    timer = setTimeout(resolve, withinMs, late);
  });
  try {
    const found = await Promise.race([work.catch(() => null), silence]);
    if (found !== late) return found;
  } finally {
    clearTimeout(timer);
  }
  throw new SlopegateError('COMPOSE_CONFIG', `${path}, which the compose file mounts, does not answer.`, {
    hint: 'Is it on a network file system that hangs? Mount it again, or leave it out with arms.X.without.',
  });
}
