import { textOf } from './text.js';

/** A piece of a file and the line it begins on. */
export interface Piece {
  readonly bytes: Buffer;
  readonly line: number;
  /** True if the piece is longer than the limit and was dropped. */
  readonly tooLong: boolean;
}

/** A piece of a file with separators. */
export interface SplitPiece extends Piece {
  /** Whether a separator comes after it. The last piece of a file may be cut short. */
  readonly ended: boolean;
}

/** A larger request is not traffic, and it would have to be kept in memory. */
export const LARGEST_RECORD = 64 * 1024 * 1024;

const NOTHING = Buffer.alloc(0);

/** Splits a stream at a separator and keeps only one piece in memory. An empty last piece is left out. */
export async function* splitAt(
  chunks: AsyncIterable<Buffer>,
  separator: Buffer,
  limit: number = LARGEST_RECORD,
): AsyncGenerator<SplitPiece> {
  let held: Buffer[] = [];
  let size = 0;
  let line = 1;
  let linesHeld = 0;
  /** Bytes that may be the beginning of a separator. */
  let tail: Buffer = NOTHING;
  const hold = (bytes: Buffer): void => {
    size += bytes.length;
    linesHeld += newlines(bytes, 0, bytes.length);
    if (size <= limit) held.push(bytes);
    else held = [];
  };
  const piece = (last: Buffer, ended: boolean): SplitPiece => {
    const tooLong = size + last.length > limit;
    const bytes = tooLong ? NOTHING : held.length === 0 ? last : Buffer.concat([...held, last]);
    return { bytes, line, tooLong, ended };
  };
  for await (const chunk of chunks) {
    const bytes = tail.length === 0 ? chunk : Buffer.concat([tail, chunk]);
    let start = 0;
    for (let at = bytes.indexOf(separator); at !== -1; at = bytes.indexOf(separator, start)) {
      yield piece(bytes.subarray(start, at), true);
      line += linesHeld + newlines(bytes, start, at + separator.length);
      start = at + separator.length;
      [held, size, linesHeld] = [[], 0, 0];
    }
    const end = Math.max(start, bytes.length - separator.length + 1);
    if (end > start) hold(bytes.subarray(start, end));
    tail = bytes.subarray(end);
  }
  if (size + tail.length > 0) yield piece(tail, false);
}

/** A whole stream as one piece, if it is not longer than the limit. */
export async function wholeOf(chunks: AsyncIterable<Buffer>, limit: number = LARGEST_RECORD): Promise<Piece> {
  const held: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > limit) return { bytes: NOTHING, line: 1, tooLong: true };
    held.push(chunk);
  }
  return { bytes: Buffer.concat(held), line: 1, tooLong: false };
}

export function newlines(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(0x0a, from); at !== -1 && at < to; at = bytes.indexOf(0x0a, at + 1)) count++;
  return count;
}

const LINE_FEED = Buffer.from('\n');
const CARRIAGE_RETURN = 0x0d;

/**
 * Patterns need memory for every character to which they may return. They are not applied to lines that are longer than
 * this.
 */
export const LONGEST_LINE = 4 * 1024 * 1024;

export interface Line {
  /** A byte string, without the end of the line; empty if it is beyond the limit. */
  readonly text: string;
  readonly line: number;
  readonly tooLong: boolean;
}

export async function* lines(chunks: AsyncIterable<Buffer>, limit: number = LARGEST_RECORD): AsyncGenerator<Line> {
  for await (const { bytes, line, tooLong } of splitAt(textOf(chunks), LINE_FEED, limit)) {
    const end = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
    yield { text: bytes.toString('latin1', 0, end), line, tooLong };
  }
}
