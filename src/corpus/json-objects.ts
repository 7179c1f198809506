import { LARGEST_RECORD, type Piece } from './records.js';
import { textOf } from './text.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;

/**
 * The JSON objects that begin at one depth of nesting, as bytes, without reading the document whole: depth 0 for
 * objects one
 * after the other, 3 for the entries of `{"log": {"entries": [ … ]}}`. A document that is cut short ends with an empty
 * piece.
 */
export async function* jsonObjects(chunks: AsyncIterable<Buffer>, atDepth: number): AsyncGenerator<Piece> {
  let depth = 0;
  let inString = false;
  let escaped = false;
  let line = 1;
  let begun: { line: number; parts: Buffer[]; size: number } | null = null;
  for await (const chunk of textOf(chunks)) {
    let from = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] as number;
      if (byte === LINE_FEED) line++;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
        continue;
      }
      if (byte === QUOTE) inString = true;
      else if (byte === 0x7b || byte === 0x5b) {
        if (depth === atDepth && byte === 0x7b) {
          begun = { line, parts: [], size: 0 };
          from = i;
        }
        depth++;
      } else if (byte === 0x7d || byte === 0x5d) {
        depth = Math.max(0, depth - 1);
        if (depth === atDepth && begun !== null && byte === 0x7d) {
          yield pieceOf(begun, chunk.subarray(from, i + 1));
          begun = null;
        }
      }
    }
    if (begun === null) continue;
    begun.size += chunk.length - from;
    if (begun.size <= LARGEST_RECORD) begun.parts.push(chunk.subarray(from));
    else begun.parts.length = 0;
  }
  if (depth > 0) yield { bytes: Buffer.alloc(0), line: (begun ?? { line }).line, tooLong: false };
}

function pieceOf({ line, parts, size }: { line: number; parts: Buffer[]; size: number }, last: Buffer): Piece {
  const tooLong = size > LARGEST_RECORD;
  return { bytes: tooLong ? Buffer.alloc(0) : Buffer.concat([...parts, last]), line, tooLong };
}
