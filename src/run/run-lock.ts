import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { SlopegateError, type Context } from '../model/index.js';
import { describeOwner, formatOwner, parseOwner, stateOf } from '../stack/index.js';

/** This file is in the folder of a run while a process writes into it, and names the process. */
const LOCK_FILE = 'running';

/** Marks the folder of a run as in use by this process. Disposing it removes the mark. */
export async function holdRun(directory: string, { pid }: Pick<Context, 'pid'>): Promise<AsyncDisposable> {
  const file = join(directory, LOCK_FILE);
  // If this file cannot be written, the journal cannot be written either, and that is an error.
  await writeFile(file, formatOwner(await describeOwner({ hostname: hostname(), pid }))).catch(() => {});
  return { [Symbol.asyncDispose]: () => rm(file, { force: true }).catch(() => {}) };
}

/** @throws SlopegateError RESUME_REFUSED if another process may still write into the folder */
export async function refuseLiving(directory: string, { pid }: Pick<Context, 'pid'>): Promise<void> {
  const file = join(directory, LOCK_FILE);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return;
  const owner = parseOwner(text);
  const state =
    owner === null ? 'unknown' : await stateOf(owner, await describeOwner({ hostname: hostname(), pid }), true);
  if (state === 'ended') return;
  throw new SlopegateError(
    'RESUME_REFUSED',
    state === 'alive'
      ? `Process ${owner?.pid} still runs this run.`
      : 'Another machine or container may still run this run: it cannot be seen from here.',
    {
      location: file,
      hint:
        state === 'alive'
          ? 'Wait for its end, or interrupt it with Ctrl-C first.'
          : 'Resume it where it was begun. If it has surely ended, remove this file and resume again.',
    },
  );
}
