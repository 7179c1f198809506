import { MalformedRequest } from './malformed.js';

export interface ChunkedBody {
  readonly body: Buffer | null;
  /** Sizes of the chunks. */
  readonly chunks: readonly number[];
  /** Where the message ends. */
  readonly end: number;
  /** Whether it has more than sizes and bytes: extensions, trailers, sizes with leading zeros. */
  readonly details: boolean;
}

/** Reads a body in chunks. @throws MalformedRequest */
export function readChunks(bytes: Buffer, from: number): ChunkedBody {
  const parts: Buffer[] = [];
  let at = from;
  let details = false;
  for (;;) {
    const lineEnd = bytes.indexOf(0x0a, at);
    const line = bytes.toString('latin1', at, Math.max(at, lineEnd));
    const size = /^([0-9a-fA-F]{1,8})[ \t]*(?:;|\r?$)/.exec(line);
    if (lineEnd === -1 || size === null) throw new MalformedRequest('its chunked body is broken', 'contradiction');
    const length = Number.parseInt(size[1] as string, 16);
    details ||= line !== `${length.toString(16)}\r` && line !== `${length.toString(16).toUpperCase()}\r`;
    if (length === 0) {
      const [end, trailers] = endOfTrailers(bytes, lineEnd + 1);
      return {
        body: parts.length === 0 ? null : Buffer.concat(parts),
        chunks: parts.map((part) => part.length),
        end,
        details: details || trailers,
      };
    }
    const end = lineEnd + 1 + length;
    if (end > bytes.length) throw new MalformedRequest('its chunked body is cut short', 'contradiction');
    parts.push(bytes.subarray(lineEnd + 1, end));
    at = bytes[end] === 0x0d ? end + 2 : end + 1;
  }
}

/** The offset after the empty line that ends the trailers, and whether there are any. */
function endOfTrailers(bytes: Buffer, from: number): readonly [number, boolean] {
  let at = from;
  let found = false;
  for (;;) {
    const lineEnd = bytes.indexOf(0x0a, at);
    const line = bytes.toString('latin1', at, lineEnd === -1 ? bytes.length : lineEnd).replace(/\r$/, '');
    if (lineEnd === -1) return [bytes.length, found || line !== ''];
    at = lineEnd + 1;
    if (line === '') return [at, found];
    found = true;
  }
}

/** The places of each chunk's bytes, as far as the chunks can be read. The rest is one range. */
export function chunkRanges(bytes: Buffer, from: number): readonly (readonly [from: number, to: number])[] {
  const ranges: (readonly [number, number])[] = [];
  let at = from;
  while (at < bytes.length) {
    const lineEnd = bytes.indexOf(0x0a, at);
    const size = /^([0-9a-fA-F]{1,8})[ \t]*(?:;|\r?$)/.exec(bytes.toString('latin1', at, Math.max(at, lineEnd)));
    const length = size === null ? Number.NaN : Number.parseInt(size[1] as string, 16);
    const end = lineEnd + 1 + length;
    if (length === 0) return ranges;
    if (Number.isNaN(length) || end > bytes.length) return [...ranges, [at, bytes.length]];
    ranges.push([lineEnd + 1, end]);
    at = bytes[end] === 0x0d ? end + 2 : end + 1;
  }
  return ranges;
}
