/** A piece of a file and the line it begins on. */
export interface Piece {
  readonly bytes: Buffer;
  readonly line: number;
  /** Set where the piece is beyond the limit and was let go. */
  readonly tooLong: boolean;
}

/** A single request larger than this is not traffic; it would have to be held in memory whole. */
export const LARGEST_RECORD = 64 * 1024 * 1024;

/** Splits a stream at a separator, holding one piece at a time; a last empty piece is left out. */
export async function* splitAt(chunks: AsyncIterable<Buffer>, separator: Buffer, limit: number = LARGEST_RECORD): AsyncGenerator<Piece> {
  let pending: Buffer = Buffer.alloc(0);
  let line = 1;
  let dropping = false;
  const piece = (bytes: Buffer): Piece => ({ bytes: dropping ? Buffer.alloc(0) : bytes, line, tooLong: dropping });
  for await (const chunk of chunks) {
    let searched = Math.max(0, pending.length - separator.length + 1);
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    let start = 0;
    for (let at = pending.indexOf(separator, searched); at !== -1; at = pending.indexOf(separator, searched)) {
      yield piece(pending.subarray(start, at));
      dropping = false;
      searched = at + separator.length;
      line += newlines(pending, start, searched);
      start = searched;
    }
    pending = pending.subarray(start);
    if (pending.length > limit) {
      dropping = true;
      const kept = pending.length - separator.length + 1;
      line += newlines(pending, 0, kept);
      pending = pending.subarray(kept);
    }
  }
  if (pending.length > 0 || dropping) yield piece(pending);
}

export function newlines(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(0x0a, from); at !== -1 && at < to; at = bytes.indexOf(0x0a, at + 1)) count++;
  return count;
}

const LINE_FEED = Buffer.from('\n');

/** Lines as byte strings, without their end. */
export async function* lines(chunks: AsyncIterable<Buffer>): AsyncGenerator<{ readonly text: string; readonly line: number }> {
  for await (const { bytes, line } of splitAt(chunks, LINE_FEED)) yield { text: bytes.toString('latin1').replace(/\r$/, ''), line };
}
