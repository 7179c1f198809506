import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { SlopegateError } from '../model/index.js';
import type { Skipped } from '../corpus/index.js';

/** Lists every skipped entry: one JSON object per line, with its place, the reason and a sentence. */
export interface SkippedFile {
  add(skipped: Skipped): void;
  /** @throws SlopegateError DISK where not everything could be written */
  finish(): Promise<void>;
}

export async function openSkippedFile(path: string): Promise<SkippedFile> {
  const stream = createWriteStream(path);
  let failure: Error | null = null;
  stream.on('error', (error) => (failure ??= error));
  const check = (): void => {
    if (failure !== null)
      throw new SlopegateError('DISK', `cannot write ${path}`, {
        cause: failure,
        hint: 'choose another file for --skipped, or make room',
      });
  };
  await once(stream, 'open').catch(() => {});
  check();
  return {
    add: (skipped) => stream.write(`${JSON.stringify(skipped)}\n`),
    async finish() {
      check();
      stream.end();
      await once(stream, 'finish').catch(() => {});
      check();
    },
  };
}
