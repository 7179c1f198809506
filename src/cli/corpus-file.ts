import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { SlopegateError } from '../model/index.js';
import { encodeCorpusLine, type CorpusRequest } from '../traffic/index.js';

/** Lines are gathered into pieces of this many characters before they are handed on. */
const PIECE = 256 * 1024;

export interface CorpusFile {
  /** The files that belong to it while it is written. */
  readonly files: readonly string[];
  add(request: CorpusRequest): Promise<void>;
  /** The file appears under its name whole or not at all. */
  finish(): Promise<void>;
  discard(): Promise<void>;
}

/** Writes a corpus as fast as the disk takes it, holding one piece in memory. */
export async function openCorpusFile(path: string): Promise<CorpusFile> {
  const unfinished = `${path}.part`;
  const stream = createWriteStream(unfinished);
  let failure: Error | null = null;
  let pending = '';
  stream.on('error', (error) => (failure = error));
  const check = (): void => {
    if (failure !== null) throw diskError(path, failure);
  };
  const flush = async (): Promise<void> => {
    check();
    const piece = pending;
    pending = '';
    if (piece !== '' && !stream.write(piece, 'utf8')) await once(stream, 'drain').catch(() => {});
    check();
  };
  await once(stream, 'open').catch((error: unknown) => {
    throw diskError(path, error);
  });
  return {
    files: [path, unfinished],
    async add(request) {
      pending += encodeCorpusLine(request);
      if (pending.length >= PIECE) await flush();
    },
    async finish() {
      await flush();
      stream.end();
      await once(stream, 'finish').catch(() => {});
      check();
      await rename(unfinished, path).catch((error: unknown) => {
        throw diskError(path, error);
      });
    },
    async discard() {
      stream.destroy();
      await rm(unfinished, { force: true });
    },
  };
}

function diskError(path: string, cause: unknown): SlopegateError {
  return new SlopegateError('DISK', `cannot write ${path}`, { cause, hint: 'choose another --output, or make room' });
}
