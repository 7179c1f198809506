import { chunkRanges, isChunked, valueOf, type RequestParts } from '../../requests/index.js';
import { maskBody } from './body.js';
import { maskHeader } from './header.js';
import type { Masking } from './masking.js';
import { maskUrl } from './text.js';

/** Exact bytes: the same in the lines before the body, and in the part of the body that belongs to the request. */
export function maskRaw(raw: Buffer, headers: RequestParts['headers'], masking: Masking): Buffer {
  const text = raw.toString('latin1');
  const end = /\r?\n\r?\n/.exec(text);
  const headEnd = end?.index ?? text.length;
  const bodyStart = headEnd + (end?.[0].length ?? 0);
  const [requestLine = '', ...lines] = text.slice(0, headEnd).split('\n');
  const head = lines.map((line) =>
    line.replace(
      /^([^:\s]+)(:[ \t]*)([^\r]*)/,
      (_, name: string, colon: string, value: string) => name + colon + maskHeader(name, value, masking),
    ),
  );
  const first = requestLine.replace(/ (\S+)/, (_, target: string) => ` ${maskUrl(target, masking)}`);
  const before = [first, ...head].join('\n') + text.slice(headEnd, bodyStart);
  const ranges = isChunked(headers)
    ? chunkRanges(raw, bodyStart)
    : [[bodyStart, bodyStart + (Number.parseInt(valueOf(headers, 'content-length') ?? '', 10) || 0)] as const];
  return Buffer.from(
    before + maskRanges(text, bodyStart, ranges, valueOf(headers, 'content-type') ?? '', masking),
    'latin1',
  );
}

/** The pieces of a body are masked as one text, and put back at their places. */
function maskRanges(
  text: string,
  start: number,
  ranges: readonly (readonly [from: number, to: number])[],
  type: string,
  masking: Masking,
): string {
  const masked = maskBody(type, ranges.map(([from, to]) => text.slice(from, to)).join(''), masking);
  let [result, copied, taken] = ['', start, 0];
  for (const [from, to] of ranges) {
    const length = Math.min(to, text.length) - from;
    result += text.slice(copied, from) + masked.slice(taken, taken + length);
    taken += length;
    copied = from + length;
  }
  return result + text.slice(copied);
}
