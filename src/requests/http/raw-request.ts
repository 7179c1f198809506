import type { RequestParts } from '../entry.js';
import type { NoteKind } from '../reasons.js';
import { readChunks } from './chunks.js';
import {
  headerOf,
  isChunked,
  isRequestLine,
  LARGEST_HEAD,
  readHead,
  splitHead,
  statedLength,
  withLength,
} from './head.js';
import { MalformedRequest } from './malformed.js';

export interface RawRequest {
  readonly parts: RequestParts;
  readonly notes: readonly NoteKind[];
  /** Where the next request begins; the length of the bytes if there is none. */
  readonly next: number;
}

/** Methods whose requests have no body unless they state a length. */
const BODILESS = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT']);

/**
 * Reads the request that begins at `from`; others may follow. Lines may end with CR LF or LF. Line breaks after a body
 * with a stated length belong to the file and not to the body. A missing length is added. The chunks of a chunked body
 * are kept as the request's behaviour.
 * @throws MalformedRequest
 */
export function readRequest(bytes: Buffer, from = 0): RawRequest {
  const { lines, bodyStart } = splitHead(bytes, from);
  const head = readHead(lines);
  const { method, target, headers, version } = head;
  const notes = [...head.notes, ...(isRegular(bytes, from, lines, head.headers) ? [] : (['head-regular'] as const))];
  const behaviour = version === '1.0' ? { version } : {};
  if (isChunked(headers)) {
    const { body, chunks, end, details } = readChunks(bytes, bodyStart);
    return {
      parts: { method, target, headers, body, behaviour: { ...behaviour, chunks } },
      notes: details ? [...notes, 'chunk-details'] : notes,
      next: nextAfter(bytes, end, () => `${bytes.length - end} bytes follow its last chunk`),
    };
  }
  const length = statedLength(headers);
  const [body, next] = length === null ? unmeasured(bytes, bodyStart, method) : measured(bytes, bodyStart, length);
  const sent = length === null ? withLength(headers, body, method) : headers;
  return {
    parts: { method, target, headers: sent, body, ...(version === '1.0' ? { behaviour } : {}) },
    notes: sent.length > headers.length ? [...notes, 'length-added'] : notes,
    next,
  };
}

/** The exact bytes, whatever they say, and as much of their meaning as can be read. */
export function exactRequest(bytes: Buffer): RequestParts {
  const unread = { method: 'GET', target: '/', headers: [], body: null, raw: bytes };
  if (bytes.length === 0) throw new MalformedRequest('it is empty', 'no-request');
  const { lines, bodyStart } = splitHead(bytes, 0);
  const [first = '', ...rest] = lines;
  const matched = /^(\S+) +(\S(?:.*\S)?) +HTTP\/\d\.\d$/.exec(first);
  if (matched === null) return unread;
  const [, method = '', target = ''] = matched;
  const body = bytes.subarray(bodyStart);
  const headers = rest.flatMap((line) => {
    const header = headerOf(line);
    return header === null ? [] : [header];
  });
  return { method, target, headers, body: body.length === 0 ? null : body, raw: bytes };
}

/** Whether the head would be sent with exactly these bytes: CR LF, and one space after each colon. */
function isRegular(
  bytes: Buffer,
  from: number,
  [first = '']: readonly string[],
  headers: RequestParts['headers'],
): boolean {
  const written = `${first}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return !first.includes('  ') && bytes.toString('latin1', from, from + written.length) === written;
}

function measured(bytes: Buffer, start: number, length: number): readonly [Buffer | null, number] {
  const contradiction = (): string => `its Content-Length is ${length} and its body has ${bytes.length - start} bytes`;
  if (start + length > bytes.length) throw new MalformedRequest(contradiction(), 'contradiction');
  const end = start + length;
  return [length === 0 ? null : bytes.subarray(start, end), nextAfter(bytes, end, contradiction)];
}

/** Without a stated length, the rest is another request, or the body if the method may have one. */
function unmeasured(bytes: Buffer, start: number, method: string): readonly [Buffer | null, number] {
  const next = afterBreaks(bytes, start);
  if (next === bytes.length || beginsRequest(bytes, next)) return [null, next];
  if (BODILESS.has(method))
    throw new MalformedRequest(
      `${bytes.length - start} bytes follow it, and it states no Content-Length`,
      'contradiction',
    );
  return [bytes.subarray(start), bytes.length];
}

/** Where the next request begins. @throws MalformedRequest if something else follows */
function nextAfter(bytes: Buffer, end: number, contradiction: () => string): number {
  const next = afterBreaks(bytes, end);
  if (next < bytes.length && !beginsRequest(bytes, next)) throw new MalformedRequest(contradiction(), 'contradiction');
  return next;
}

function afterBreaks(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === 0x0d || bytes[at] === 0x0a) at++;
  return at;
}

function beginsRequest(bytes: Buffer, at: number): boolean {
  const end = bytes.indexOf(0x0a, at);
  const line = bytes.toString('latin1', at, Math.min(end === -1 ? bytes.length : end, at + LARGEST_HEAD));
  return isRequestLine(line.replace(/\r$/, ''));
}
