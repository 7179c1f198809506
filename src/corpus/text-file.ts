import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { SlopegateError } from '../model/index.js';

/** A file that is written from its beginning to its end. */
export interface TextFile {
  write(text: string): Promise<void>;
  finish(): Promise<void>;
  discard(): void;
}

/** Lines are collected into pieces of this many characters before they are written. */
const PIECE = 256 * 1024;

/** Writes as fast as the disk accepts it. @throws SlopegateError DISK naming the requested file, with the hint */
export async function openTextFile(path: string, asked: string, hint: string): Promise<TextFile> {
  const stream = createWriteStream(path);
  let failure: Error | null = null;
  let pending = '';
  stream.on('error', (error) => (failure ??= error));
  const check = (): void => {
    if (failure !== null) throw new SlopegateError('DISK', `cannot write ${asked}`, { cause: failure, hint });
  };
  const flush = async (): Promise<void> => {
    check();
    const piece = pending;
    pending = '';
    if (piece !== '' && !stream.write(piece, 'utf8')) await once(stream, 'drain').catch(() => {});
    check();
  };
  await once(stream, 'open').catch(() => {});
  check();
  return {
    async write(text) {
      pending += text;
      if (pending.length >= PIECE) await flush();
    },
    async finish() {
      await flush();
      stream.end();
      await once(stream, 'finish').catch(() => {});
      check();
    },
    discard: () => stream.destroy(),
  };
}
