import { domainToASCII } from 'node:url';
import {
  attachedOf,
  harEntries,
  isChunked,
  MalformedRequest,
  unreadableEntry,
  problem,
  request,
  statedLength,
  targetOf,
  valueOf,
  withLength,
  type Entry,
  type Format,
  type NoteKind,
  type RequestParts,
  type Scanned,
} from '../../requests/index.js';
import { toByteString } from '../../traffic/bytes.js';
import { bodyOf, type Attached } from './body.js';
import { textOf, type HarEntry, type HarRequest, type HarResponse } from './entry.js';

/** Headers that describe the recorded connection and not the request. */
const DROPPED = new Set(['connection', 'transfer-encoding', 'keep-alive', 'proxy-connection', 'http2-settings']);

/**
 * HTTP Archive 1.2, as browsers and proxies save it, and Playwright's variant with the bodies in files or in a zip.
 * Entries are read one by one, so the file may be of any size.
 */
export const har: Format = async function* (source) {
  const { chunks, attached } = await attachedOf(source);
  const scanned: Scanned = { listed: false, cutShort: false, line: 1 };
  for await (const { bytes, line, tooLong } of harEntries(chunks, scanned)) {
    if (tooLong) {
      yield problem(line, 'too-long', 'The entry is too long');
      continue;
    }
    try {
      const entry = prepared(JSON.parse(bytes.toString('utf8')) as HarEntry, line);
      yield 'kind' in entry ? entry : await finished(entry, line, attached);
    } catch (error) {
      yield unreadableEntry(error, line, 'The entry is not valid JSON, or does not have the form of HAR');
    }
  }
  if (scanned.cutShort) yield problem(scanned.line, 'cut-short', 'The file is cut short');
  else if (!scanned.listed) yield problem(1, 'malformed', 'The file is not a HAR: it has no list of "entries"');
};

/** An entry whose body is not known yet. */
interface Prepared {
  readonly asked: HarRequest;
  readonly parts: RequestParts;
  readonly length: number | null;
  readonly type: string;
  readonly time: number | null;
  readonly notes: readonly NoteKind[];
}

function prepared(entry: HarEntry, line: number): Prepared | Entry {
  const { request: asked, startedDateTime, _fromCache: fromCache, cache, response } = entry;
  if (asked === undefined || asked === null) return problem(line, 'no-request', 'The entry has no request');
  const { method, url } = asked;
  if (typeof method !== 'string' || typeof url !== 'string')
    return problem(line, 'no-request', 'The entry has no method, or no URL');
  if ((fromCache ?? false) !== false || (isObject(cache?.beforeRequest) && response?.status !== 304))
    return problem(line, 'cached', "The answer came from the browser's cache");
  const keptBack = whyKeptBack(response ?? {});
  if (keptBack !== null) return problem(line, 'not-sent', `The browser did not send it: ${keptBack}`);
  const query = url.includes('?') ? '' : queryOf(asked);
  const at = targetOf(url.replace(/(?=#|$)/, query));
  if (at === null || method === 'CONNECT') return problem(line, 'not-http', notHttp(method, url));
  const all = (asked.headers ?? []).map(({ name, value }) => [textOf(name), toByteString(textOf(value))] as const);
  const kept = all.filter(([name]) => !name.startsWith(':') && !DROPPED.has(name.toLowerCase()));
  const cookies = cookieOf(asked);
  const baked = cookies !== null && valueOf(kept, 'cookie') === null;
  const host = [valueOf(kept, 'host') === null ? [['Host', hostOf(at.host)] as const] : []].flat();
  const time = timeOf(startedDateTime);
  return {
    asked,
    parts: {
      method,
      target: at.target,
      headers: [...host, ...kept, ...(baked ? [['Cookie', cookies] as const] : [])],
      body: null,
      ...(asked.httpVersion?.toUpperCase() === 'HTTP/1.0' ? { behaviour: { version: '1.0' } as const } : {}),
    },
    length: lengthOf(all, asked),
    type: valueOf(kept, 'content-type') ?? textOf(asked.postData?.mimeType),
    time,
    notes: [
      ...(all.some(([name]) => DROPPED.has(name.toLowerCase())) ? (['connection-headers'] as const) : []),
      ...(isChunked(all) ? (['chunks-not-logged'] as const) : []),
      ...(baked ? (['cookies-rebuilt'] as const) : []),
      ...(query === '' ? [] : (['query-rebuilt'] as const)),
      ...(response?.status === 0 ? (['no-answer'] as const) : []),
      ...(Number.isNaN(time) ? (['time-unread'] as const) : []),
    ],
  };
}

async function finished(
  { asked, parts, length, type, time, notes }: Prepared,
  line: number,
  attached: Attached,
): Promise<Entry> {
  const body = await bodyOf(asked.postData, length, type, attached);
  if ('missing' in body) return problem(line, body.missing, body.message);
  const { method, headers } = parts;
  const untyped = body.bytes !== null && type !== '' && valueOf(headers, 'content-type') === null;
  const typed = untyped ? [...headers, ['Content-Type', toByteString(type)] as const] : headers;
  return request(
    line,
    { ...parts, headers: withLength(typed, body.bytes, method), body: body.bytes },
    { time, notes: [...notes, ...body.notes, ...(untyped ? (['type-added'] as const) : [])] },
  );
}

/** Content-Length, or the size that the tool counted; null if both are unknown. */
function lengthOf(headers: RequestParts['headers'], { bodySize, postData }: HarRequest): number | null {
  try {
    const stated = statedLength(headers);
    if (stated !== null) return stated;
  } catch (error) {
    if (!(error instanceof MalformedRequest)) throw error;
  }
  // Tools that do not count write 0 or -1.
  const counted = typeof bodySize === 'number' && Number.isInteger(bodySize) && bodySize > 0;
  if (counted) return bodySize;
  return postData === undefined || postData === null ? 0 : null;
}

function cookieOf({ cookies }: HarRequest): string | null {
  if (!Array.isArray(cookies) || cookies.length === 0) return null;
  return toByteString(
    (cookies as HarRequest['cookies'] & object).map(({ name, value }) => `${textOf(name)}=${textOf(value)}`).join('; '),
  );
}

/** The query of an entry whose URL was written without it; empty if there is none. */
function queryOf({ queryString }: HarRequest): string {
  const pairs = (queryString ?? []).map(({ name, value }): [string, string] => [textOf(name), textOf(value)]);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

/** A host as browsers send it: an international name in its ASCII form. */
function hostOf(host: string): string {
  const name = Buffer.from(host, 'latin1').toString('utf8');
  return name === host ? host : domainToASCII(name) || host;
}

/** The errors of Chrome that come before a request is sent: blocked by an extension or a policy, or no connection. */
const KEPT_BACK =
  /ERR_(?:BLOCKED_BY|CONNECTION_(?:REFUSED|TIMED_OUT)|NAME_NOT_RESOLVED|INTERNET_DISCONNECTED|ADDRESS_|CERT_|SSL_)/;

const whyKeptBack = ({ status, _error: error }: HarResponse): string | null =>
  status === 0 && typeof error === 'string' && KEPT_BACK.test(error) ? error : null;

/** Milliseconds since 1970. A time without a zone is read as UTC, so that every machine reads the same. */
function timeOf(written: HarEntry['startedDateTime']): number {
  if (typeof written !== 'string') return Number.NaN;
  return Date.parse(/^\d{4}-\d\d-\d\dT[\d:.]+$/.test(written.trim()) ? `${written.trim()}Z` : written);
}

function notHttp(method: string, url: string): string {
  if (method === 'CONNECT') return 'CONNECT asks a proxy for a tunnel; the requests inside have their own entries';
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(url)?.[1]?.toLowerCase();
  if (scheme === 'ws' || scheme === 'wss') return `A WebSocket (${scheme}:) is not replayed`;
  return scheme === undefined
    ? 'The URL is not absolute'
    : `A URL of the scheme "${scheme}" is not requested over HTTP`;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
