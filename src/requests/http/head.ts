import type { RequestParts } from '../entry.js';
import type { NoteKind } from '../reasons.js';
import { MalformedRequest } from './malformed.js';

export interface Head {
  readonly method: string;
  readonly target: string;
  readonly version: '1.0' | '1.1';
  readonly headers: RequestParts['headers'];
  readonly notes: readonly NoteKind[];
}

/** No server accepts a longer one. */
export const LARGEST_HEAD = 1024 * 1024;

const REQUEST_LINE = /^([^\s]+) +(\S(?:.*\S)?) +HTTP\/(\d(?:\.\d)?)$/;

/** Whether a line is the first line of a request. */
export function isRequestLine(line: string): boolean {
  return REQUEST_LINE.test(line);
}

/**
 * A request's head from its lines. Tools write the request line of HTTP/2 as `GET / HTTP/2`; it is sent with HTTP/1.1.
 * @throws MalformedRequest
 */
export function readHead(lines: readonly string[]): Head {
  const matched = REQUEST_LINE.exec(lines[0] ?? '');
  if (matched === null) throw new MalformedRequest('it does not begin with a request line');
  const [, method = '', target = '', version = ''] = matched;
  const later = /^[23](?:\.0)?$/.test(version);
  if (later && method === 'PRI') throw new MalformedRequest('it is the start of an HTTP/2 connection');
  if (!later && version !== '1.1' && version !== '1.0')
    throw new MalformedRequest(`HTTP/${version} cannot be written as HTTP/1`, 'unsendable');
  if (/\s/.test(target)) throw new MalformedRequest('the request line has a space in its target', 'unsendable');
  return {
    method,
    target,
    version: version === '1.0' ? '1.0' : '1.1',
    headers: readHeaders(lines.slice(1)),
    notes: later ? ['from-http2'] : [],
  };
}

function readHeaders(lines: readonly string[]): RequestParts['headers'] {
  return lines.map((line) => {
    const header = headerOf(line);
    if (header === null)
      throw new MalformedRequest(`${JSON.stringify(line.slice(0, 40))} is not a header`, 'unsendable');
    return header;
  });
}

/** Name and value of a header line; null if it is not one. */
export function headerOf(line: string): readonly [name: string, value: string] | null {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon));
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)
    ? [name, line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')]
    : null;
}

export interface HeadLines {
  readonly lines: readonly string[];
  /** Where the body begins. */
  readonly bodyStart: number;
}

/** The lines before the first empty line, as byte strings. Lines may end with CR LF or LF. */
export function splitHead(bytes: Buffer, from: number): HeadLines {
  const crlf = bytes.indexOf('\r\n\r\n', from);
  const lf = bytes.indexOf('\n\n', from);
  const useLf = lf !== -1 && (crlf === -1 || lf < crlf);
  const end = useLf ? lf : crlf === -1 ? bytes.length : crlf;
  const bodyStart = Math.min(bytes.length, end + (useLf ? 2 : 4));
  if (bodyStart - from > LARGEST_HEAD) throw new MalformedRequest(`its head has more than ${LARGEST_HEAD} bytes`);
  return {
    lines: bytes
      .toString('latin1', from, end)
      .replace(/\r?\n$/, '')
      .split(/\r?\n/),
    bodyStart,
  };
}

/** The headers with an exact Content-Length: in place of the old one, or at the end if one is needed. */
export function withLength(
  headers: RequestParts['headers'],
  body: Uint8Array | null,
  method: string,
): RequestParts['headers'] {
  const isLength = ([name]: readonly [string, string]): boolean => name.toLowerCase() === 'content-length';
  const length = String(body?.length ?? 0);
  const first = headers.findIndex(isLength);
  if (first !== -1)
    return headers.flatMap((header, i) =>
      i === first ? [[header[0], length] as const] : isLength(header) ? [] : [header],
    );
  return body !== null || ['POST', 'PUT', 'PATCH'].includes(method)
    ? [...headers, ['Content-Length', length]]
    : headers;
}

export function valueOf(headers: RequestParts['headers'], lowerCaseName: string): string | null {
  return headers.find(([name]) => name.toLowerCase() === lowerCaseName)?.[1] ?? null;
}

/** The length in Content-Length; null if there is none. @throws MalformedRequest if there are several different ones */
export function statedLength(headers: RequestParts['headers']): number | null {
  const stated = new Set(headers.filter(([name]) => name.toLowerCase() === 'content-length').map(([, value]) => value));
  if (stated.size > 1)
    throw new MalformedRequest(`it has Content-Lengths that differ: ${[...stated].join(', ')}`, 'contradiction');
  const [length] = stated;
  if (length === undefined) return null;
  if (!/^\d{1,15}$/.test(length))
    throw new MalformedRequest(
      `its Content-Length is ${JSON.stringify(length)}, which is not a number`,
      'contradiction',
    );
  return Number(length);
}

export function isChunked(headers: RequestParts['headers']): boolean {
  return headers.some(
    ([name, value]) => name.toLowerCase() === 'transfer-encoding' && /(?:^|,)\s*chunked\s*$/i.test(value),
  );
}
