import type { RequestParts } from './entry.js';
import type { SkipReason } from './reasons.js';

/** Why bytes could not be read as a request, in a sentence's end: "…: the request line has no target". */
export class MalformedRequest extends Error {
  readonly reason: SkipReason;

  constructor(message: string, reason: SkipReason = 'malformed') {
    super(message);
    this.reason = reason;
  }
}

/** No server takes a longer one. */
const LARGEST_HEAD = 1024 * 1024;

const REQUEST_LINE = /^([^\s]+) +(\S(?:.*\S)?) +HTTP\/(\d\.\d)$/;

/**
 * Reads a request's bytes. Line ends may be CR LF or LF. Line breaks after a body of a stated length are the file's,
 * not
 * the body's; a Content-Length that is otherwise wrong is an error, a missing one is added, and the chunks of a chunked
 * body
 * are kept as the request's behaviour. With `exact`, the bytes are kept as they are, whatever they say.
 */
export function parseRawRequest(bytes: Buffer, exact: boolean): RequestParts {
  const { lines, bodyStart } = splitHead(bytes);
  if (bodyStart > LARGEST_HEAD) throw new MalformedRequest(`its head has more than ${LARGEST_HEAD} bytes`);
  const matched = REQUEST_LINE.exec(lines[0] ?? '');
  if (matched === null) {
    if (exact && bytes.length > 0) return { method: 'GET', target: '/', headers: [], body: null, raw: bytes };
    throw new MalformedRequest('it does not begin with a request line');
  }
  const [, method = '', target = '', version = ''] = matched;
  const headers = readHeaders(lines.slice(1), exact);
  const rest = bytes.subarray(bodyStart);
  if (exact) return { method, target, headers, body: rest.length === 0 ? null : rest, raw: bytes };
  if (version !== '1.1' && version !== '1.0') throw new MalformedRequest(`HTTP/${version} cannot be written as HTTP/1`);
  if (/\s/.test(target)) throw new MalformedRequest('the request line has a space in its target');
  const versioned = version === '1.0' ? ({ version: '1.0' } as const) : {};
  if (/(?:^|,)\s*chunked\s*$/i.test(valueOf(headers, 'transfer-encoding') ?? '')) {
    const { body, chunks } = readChunks(rest);
    return { method, target, headers, body, behaviour: { ...versioned, chunks } };
  }
  const body = withoutTail(rest, valueOf(headers, 'content-length'));
  return {
    method,
    target,
    headers: withLength(headers, body, method),
    body,
    ...(version === '1.0' ? { behaviour: versioned } : {}),
  };
}

/** The headers with an exact Content-Length in the place of the one there was, or at the end where one is needed. */
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

function splitHead(bytes: Buffer): { lines: readonly string[]; bodyStart: number } {
  const crlf = bytes.indexOf('\r\n\r\n');
  const lf = bytes.indexOf('\n\n');
  const useLf = lf !== -1 && (crlf === -1 || lf < crlf);
  const end = useLf ? lf : crlf === -1 ? bytes.length : crlf;
  const bodyStart = Math.min(bytes.length, end + (useLf ? 2 : 4));
  return {
    lines: bytes
      .toString('latin1', 0, end)
      .replace(/\r?\n$/, '')
      .split(/\r?\n/),
    bodyStart,
  };
}

function readHeaders(lines: readonly string[], exact: boolean): RequestParts['headers'] {
  return lines.flatMap((line): [string, string][] => {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon));
    if (/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name))
      return [[name, line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')]];
    if (exact) return [];
    throw new MalformedRequest(`${JSON.stringify(line.slice(0, 40))} is not a header`);
  });
}

function withoutTail(rest: Buffer, stated: string | null): Buffer | null {
  if (stated === null) return rest.length === 0 ? null : rest;
  const length = Number(stated);
  if (!/^\d+$/.test(stated) || rest.length < length)
    throw new MalformedRequest(`its Content-Length is ${stated} and its body has ${rest.length} bytes`);
  if (/[^\r\n]/.test(rest.toString('latin1', length)))
    throw new MalformedRequest(`its Content-Length is ${stated} and its body has ${rest.length} bytes`);
  return length === 0 ? null : rest.subarray(0, length);
}

function readChunks(bytes: Buffer): { body: Buffer | null; chunks: readonly number[] } {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf(0x0a, at);
    const size = /^([0-9a-fA-F]{1,8})[ \t]*(?:;|\r?$)/.exec(bytes.toString('latin1', at, Math.max(at, lineEnd)));
    if (lineEnd === -1 || size === null) throw new MalformedRequest('its chunked body is broken');
    const length = Number.parseInt(size[1] as string, 16);
    if (length === 0)
      return { body: parts.length === 0 ? null : Buffer.concat(parts), chunks: parts.map((part) => part.length) };
    const end = lineEnd + 1 + length;
    if (end > bytes.length) throw new MalformedRequest('its chunked body is cut short');
    parts.push(bytes.subarray(lineEnd + 1, end));
    at = bytes[end] === 0x0d ? end + 2 : end + 1;
  }
}
