import { open } from 'node:fs/promises';

/** One line in the buffer into which it was read. It is valid until the callback returns. */
export interface Line {
  readonly bytes: Buffer;
  /** Its first byte, and the one after its last. */
  readonly from: number;
  readonly to: number;
  /** Counted from 1. */
  readonly number: number;
  /** False for a last line without its line end: it may be incomplete. */
  readonly ended: boolean;
}

const NEWLINE = 0x0a;
const CHUNK_BYTES = 1 << 20;
/** Ten times the longest line that a run writes (with a trace of ten million requests). */
const LONGEST_LINE_BYTES = 1 << 28;

/**
 * Calls back with each whole line of a piece of a file.
 * @param begun this many bytes at its beginning contain no line end
 * @param number of the line before it
 * @returns where the first line without a line end begins, and the number of the last line with one
 */
function wholeLines(
  bytes: Buffer,
  begun: number,
  number: number,
  onLine: (line: Line) => void,
): { readonly rest: number; readonly number: number } {
  let [from, last] = [0, number];
  for (let to = bytes.indexOf(NEWLINE, begun); to >= 0; to = bytes.indexOf(NEWLINE, from)) {
    onLine({ bytes, from, to, number: (last += 1), ended: true });
    from = to + 1;
  }
  return { rest: from, number: last };
}

/** Calls back with each line of a text that is in memory. */
export function linesIn(bytes: Buffer, onLine: (line: Line) => void): void {
  const { rest, number } = wholeLines(bytes, 0, 0, onLine);
  if (rest < bytes.length) onLine({ bytes, from: rest, to: bytes.length, number: number + 1, ended: false });
}

/** Calls back with each line of a file that may be far larger than memory. */
export async function forEachLine(path: string, onLine: (line: Line) => void): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    // A pipe has no size.
    let buffer = Buffer.allocUnsafe(size > 0 ? Math.min(CHUNK_BYTES, size + 1) : CHUNK_BYTES);
    // Bytes at the beginning of the buffer that belong to a line whose end is not read yet.
    let begun = 0;
    let number = 0;
    for (;;) {
      if (begun >= LONGEST_LINE_BYTES) throw new Error(`line ${number + 1} is longer than any line of a run`);
      if (begun === buffer.length) buffer = Buffer.concat([buffer], 2 * begun);
      const { bytesRead } = await file.read(buffer, begun, buffer.length - begun);
      if (bytesRead === 0) break;
      const bytes = buffer.subarray(0, begun + bytesRead);
      const whole = wholeLines(bytes, begun, number, onLine);
      number = whole.number;
      bytes.copy(buffer, 0, whole.rest);
      begun = bytes.length - whole.rest;
    }
    if (begun > 0) onLine({ bytes: buffer, from: 0, to: begun, number: number + 1, ended: false });
  } finally {
    await file.close();
  }
}
