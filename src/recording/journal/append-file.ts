import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import type { SlopegateError } from '../../model/index.js';
import { diskError } from '../disk-error.js';

export interface AppendFile {
  /** Hands one line to the kernel before it returns: it outlives this process. */
  line(text: string): void;
  /** Waits until the disk has it all: it outlives this machine's power. */
  sync(): void;
  close(): void;
  /** What went wrong first; from then on nothing more is written. */
  readonly failure: SlopegateError | null;
}

/**
 * A file that only grows. Writing never throws: a reading arrives in the midst of someone else's timer, where nobody
 * could catch it. The failure is kept, and told once through `onFailure`.
 */
export function appendFile(path: string, onFailure: (failure: SlopegateError) => void): AppendFile {
  const file = openSync(path, 'a');
  let failure: SlopegateError | null = null;
  let open = true;
  const attempt = (action: () => void): void => {
    if (!open || failure !== null) return;
    try {
      action();
    } catch (cause) {
      failure = diskError('write', path, cause);
      onFailure(failure);
    }
  };
  return {
    get failure() {
      return failure;
    },
    line: (text) => attempt(() => writeAll(file, Buffer.from(`${text}\n`))),
    sync: () => attempt(() => fsyncSync(file)),
    close: () => {
      if (open) closeSync(file);
      open = false;
    },
  };
}

function writeAll(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
}
