import { problem, request, shaped, type Entry, type Format, type RequestParts } from '../entry.js';
import { jsonObjects } from '../json-objects.js';
import { withLength } from '../raw-request.js';
import { toByteString } from '../../traffic/bytes.js';
import { targetOf } from '../url.js';

interface HarPair {
  readonly name: string;
  readonly value: string;
}

interface HarEntry {
  readonly startedDateTime?: string;
  readonly request?: {
    readonly method?: string;
    readonly url?: string;
    readonly headers?: readonly { readonly name: string; readonly value: unknown }[];
    readonly postData?: {
      readonly mimeType?: string;
      readonly text?: string;
      readonly encoding?: string;
      readonly params?: readonly HarPair[];
    };
  };
}

/** Headers that describe the recorded connection rather than the request. */
const DROPPED = new Set(['connection', 'transfer-encoding', 'keep-alive', 'proxy-connection', 'http2-settings']);

/** HTTP Archive 1.2, as browsers and proxies save it; entries are read one by one, however large the file. */
export const har: Format = async function* (source) {
  for await (const { bytes, line, tooLong } of jsonObjects(source.chunks, 3)) {
    if (tooLong) yield problem(line, 'too-long', 'The entry is too long');
    else if (bytes.length === 0) yield problem(line, 'cut-short', 'The file is cut short');
    else {
      const entry = shaped(line, 'The entry is not valid JSON, or none of HAR', () =>
        read(bytes.toString('utf8'), line),
      );
      if (entry !== null) yield entry;
    }
  }
};

/** Null for a page, which stands at the same depth as entries. */
function read(text: string, line: number): Entry | null {
  const { request: asked, startedDateTime } = JSON.parse(text) as HarEntry;
  if (asked === undefined) return null;
  const { method, url } = asked;
  const target = url === undefined ? null : targetOf(url);
  if (typeof method !== 'string' || target === null)
    return problem(line, 'no-request', 'The entry has no method, or no URL with a host');
  return request(line, partsOf(method, target, asked), {
    time: startedDateTime === undefined ? null : Date.parse(startedDateTime),
  });
}

function partsOf(
  method: string,
  { host, target }: { host: string; target: string },
  { headers = [], postData }: NonNullable<HarEntry['request']>,
): RequestParts {
  const kept = headers
    .filter(({ name }) => !name.startsWith(':') && !DROPPED.has(name.toLowerCase()))
    .map(({ name, value }) => [name, toByteString(String(value))] as const);
  const hosted = kept.some(([name]) => name.toLowerCase() === 'host') ? kept : [['Host', host] as const, ...kept];
  const body = bodyOf(postData);
  return { method, target, headers: withLength(hosted, body, method), body };
}

function bodyOf(postData: NonNullable<HarEntry['request']>['postData']): Buffer | null {
  if (postData === undefined) return null;
  if (postData.text !== undefined && postData.text !== '')
    return Buffer.from(postData.text, postData.encoding === 'base64' ? 'base64' : 'utf8');
  if (postData.params === undefined || postData.params.length === 0) return null;
  return Buffer.from(
    new URLSearchParams(postData.params.map(({ name, value }): [string, string] => [name, value ?? ''])).toString(),
    'latin1',
  );
}
