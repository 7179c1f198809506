import { problem, request, type Entry, type Format, type RequestParts } from '../entry.js';
import { jsonObjects } from '../json-objects.js';
import { withLength } from '../raw-request.js';
import { toByteString } from '../../bytes.js';
import { targetOf } from '../url.js';

interface HarPair {
  readonly name: string;
  readonly value: string;
}

interface HarEntry {
  readonly startedDateTime?: string;
  readonly request?: { readonly method?: string; readonly url?: string; readonly headers?: readonly HarPair[]; readonly postData?: { readonly mimeType?: string; readonly text?: string; readonly encoding?: string; readonly params?: readonly HarPair[] } };
}

/** Headers that describe the recorded connection rather than the request. */
const DROPPED = new Set(['connection', 'transfer-encoding', 'keep-alive', 'proxy-connection', 'http2-settings']);

/** HTTP Archive 1.2, as browsers and proxies save it; entries are read one by one, however large the file. */
export const har: Format = async function* (source) {
  for await (const { bytes, line, tooLong } of jsonObjects(source.chunks, 3)) {
    if (tooLong) yield problem(line, 'The entry is too long');
    else yield* read(bytes.toString('utf8'), line);
  }
};

function* read(text: string, line: number): Generator<Entry> {
  let entry: HarEntry;
  try {
    entry = JSON.parse(text) as HarEntry;
  } catch {
    yield problem(line, 'The entry is not valid JSON');
    return;
  }
  // Pages stand at the same depth as entries.
  if (entry.request === undefined) return;
  const { method, url } = entry.request;
  const target = url === undefined ? null : targetOf(url);
  if (typeof method !== 'string' || target === null) yield problem(line, 'The entry has no method, or no URL with a host');
  else yield request(line, partsOf(method, target, entry.request), null, entry.startedDateTime === undefined ? null : Date.parse(entry.startedDateTime));
}

function partsOf(method: string, { host, target }: { host: string; target: string }, { headers = [], postData }: NonNullable<HarEntry['request']>): RequestParts {
  const kept = headers.filter(({ name }) => !name.startsWith(':') && !DROPPED.has(name.toLowerCase())).map(({ name, value }) => [name, toByteString(value)] as const);
  const hosted = kept.some(([name]) => name.toLowerCase() === 'host') ? kept : [['Host', host] as const, ...kept];
  const body = bodyOf(postData);
  return { method, target, headers: withLength(hosted, body, method), body };
}

function bodyOf(postData: NonNullable<HarEntry['request']>['postData']): Buffer | null {
  if (postData === undefined) return null;
  if (postData.text !== undefined && postData.text !== '') return Buffer.from(postData.text, postData.encoding === 'base64' ? 'base64' : 'utf8');
  if (postData.params === undefined || postData.params.length === 0) return null;
  return Buffer.from(new URLSearchParams(postData.params.map(({ name, value }): [string, string] => [name, value ?? ''])).toString(), 'latin1');
}
