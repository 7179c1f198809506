import { open } from 'node:fs/promises';

/** One line in the buffer that it was read into: good until the callback returns. */
export interface Line {
  readonly bytes: Buffer;
  /** Its first byte, and the one after its last. */
  readonly from: number;
  readonly to: number;
  /** Counted from 1. */
  readonly number: number;
  /** False for a last line without its line end: it may have been cut off. */
  readonly ended: boolean;
}

const NEWLINE = 0x0a;
const CHUNK_BYTES = 1 << 20;
/** The longest line that a run writes, of a trace of ten million requests, has a tenth of this. */
const LONGEST_LINE_BYTES = 1 << 28;

/** Calls back with each line of a file that may be far larger than memory. */
export async function forEachLine(path: string, onLine: (line: Line) => void): Promise<void> {
  const file = await open(path, 'r');
  try {
    let buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    // Bytes at the front of the buffer, of a line whose end is still to be read.
    let begun = 0;
    let number = 0;
    for (;;) {
      if (begun >= LONGEST_LINE_BYTES) throw new Error(`line ${number + 1} is longer than any that a run writes`);
      if (begun === buffer.length) buffer = Buffer.concat([buffer], 2 * begun);
      const { bytesRead } = await file.read(buffer, begun, buffer.length - begun);
      if (bytesRead === 0) break;
      const bytes = buffer.subarray(0, begun + bytesRead);
      let from = 0;
      for (let to = bytes.indexOf(NEWLINE, begun); to >= 0; to = bytes.indexOf(NEWLINE, from)) {
        onLine({ bytes, from, to, number: (number += 1), ended: true });
        from = to + 1;
      }
      bytes.copy(buffer, 0, from);
      begun = bytes.length - from;
    }
    if (begun > 0) onLine({ bytes: buffer, from: 0, to: begun, number: number + 1, ended: false });
  } finally {
    await file.close();
  }
}
