import { open } from 'node:fs/promises';

export interface Line {
  readonly text: string;
  /** Counted from 1. */
  readonly number: number;
  /** False for a last line without its line end: it may have been cut off. */
  readonly ended: boolean;
}

const NEWLINE = 0x0a;
const CHUNK_BYTES = 1 << 20;

/** Calls back with each line of a file that may be far larger than memory. */
export async function forEachLine(path: string, onLine: (line: Line) => void): Promise<void> {
  const file = await open(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let rest: Buffer = Buffer.alloc(0);
    let number = 0;
    const emit = (text: string, ended: boolean): void => onLine({ text, number: (number += 1), ended });
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES);
      if (bytesRead === 0) break;
      const last = chunk.lastIndexOf(NEWLINE, bytesRead - 1);
      // Cut at a line end, never within a character of several bytes.
      if (last < 0) rest = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      else {
        for (const text of Buffer.concat([rest, chunk.subarray(0, last)]).toString('utf8').split('\n')) emit(text, true);
        rest = Buffer.from(chunk.subarray(last + 1, bytesRead));
      }
    }
    if (rest.length > 0) emit(rest.toString('utf8'), false);
  } finally {
    await file.close();
  }
}
