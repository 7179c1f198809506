import { closeSync, fstatSync, fsyncSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { SlopegateError } from '../../model/index.js';
import { diskError } from '../disk-error.js';

export interface AppendFile {
  /** Hands one line to the kernel before it returns. The line survives the end of this process. */
  line(text: string): void;
  /** Waits until the disk has everything. The lines then survive a power failure. */
  sync(): void;
  close(): void;
  /** Everything written so far; also if the file has been deleted while it is open. */
  contents(): Buffer;
  /** The first failure; after it nothing more is written. */
  readonly failure: SlopegateError | null;
}

/**
 * A file to which lines are only added. Writing never throws, because a reading arrives from a timer, where nobody
 * could catch the error. The failure is kept and reported once through `onFailure`.
 */
export function appendFile(path: string, onFailure: (failure: SlopegateError) => void): AppendFile {
  const file = openSync(path, 'a+');
  let failure: SlopegateError | null = null;
  let open = true;
  const attempt = (action: () => void): void => {
    if (!open || failure !== null) return;
    try {
      action();
    } catch (cause) {
      failure = cause instanceof SlopegateError ? cause : diskError('write', path, cause);
      onFailure(failure);
    }
  };
  // What is written into a deleted file is lost when this process ends.
  const assertLinked = (): void => {
    if (fstatSync(file).nlink === 0) throw gone(path);
  };
  const assertInPlace = (): void => {
    if (statSync(path, { throwIfNoEntry: false })?.ino !== fstatSync(file).ino) throw gone(path);
  };
  return {
    get failure() {
      return failure;
    },
    line: (text) =>
      attempt(() => {
        writeAll(file, Buffer.from(`${text}\n`));
        assertLinked();
      }),
    sync: () =>
      attempt(() => {
        fsyncSync(file);
        assertInPlace();
      }),
    contents: () => readAll(file),
    close: () => {
      if (open) closeSync(file);
      open = false;
    },
  };
}

function gone(path: string): SlopegateError {
  return new SlopegateError('DISK', `${path} was deleted or moved while the run was writing it.`, {
    hint: 'Do not change the folder of a run until the run has ended.',
  });
}

function readAll(file: number): Buffer {
  const bytes = Buffer.alloc(fstatSync(file).size);
  let read = 0;
  while (read < bytes.length) {
    const more = readSync(file, bytes, read, bytes.length - read, read);
    if (more === 0) break;
    read += more;
  }
  return bytes.subarray(0, read);
}

function writeAll(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
}
