import { parseWithPairs, type Pairs } from '../audit/pairs.js';
import { targetOf } from '../../requests/index.js';
import { headerField, isNothing, type LineReader, type LogField } from './fields.js';

/** Where the fields are in the logs of Google, the WAF of AWS, Cloudflare and the gateway of Azure. */
const CLOUDS = {
  method: ['httpRequest.requestMethod', 'httpRequest.httpMethod', 'ClientRequestMethod', 'properties.httpMethod'],
  target: ['httpRequest.requestUrl', 'httpRequest.uri', 'ClientRequestURI', 'properties.requestUri'],
  protocol: ['httpRequest.protocol', 'httpRequest.httpVersion', 'ClientRequestProtocol', 'properties.httpVersion'],
  host: ['ClientRequestHost', 'properties.host'],
  time: ['start_time', 'EdgeStartTimestamp'],
  address: ['httpRequest.remoteIp', 'httpRequest.clientIp', 'ClientIP', 'properties.clientIP'],
  agent: ['httpRequest.userAgent', 'ClientRequestUserAgent', 'properties.userAgent'],
  referer: ['httpRequest.referer', 'ClientRequestReferer'],
} as const;

/**
 * Where the fields are in the logs of nginx (as people configure them), Caddy, Traefik, Envoy and clouds, the most
 * certain first.
 */
const KNOWN: Readonly<Partial<Record<LogField, readonly string[]>>> = {
  method: ['request.method', 'RequestMethod', 'request_method', 'method', 'verb', ...CLOUDS.method],
  target: ['request.uri', 'RequestPath', 'request_uri', 'uri', 'path', 'url', ...CLOUDS.target],
  query: ['args', 'query_string', 'query', 'httpRequest.args', 'properties.requestQuery'],
  request: ['request', 'request_line'],
  protocol: ['request.proto', 'RequestProtocol', 'server_protocol', 'protocol', 'proto', ...CLOUDS.protocol],
  host: ['request.host', 'RequestHost', 'http_host', 'host', 'vhost', 'authority', ...CLOUDS.host],
  time: ['ts', 'StartUTC', 'time_iso8601', '@timestamp', 'msec', 'timestamp', 'time_local', 'time', ...CLOUDS.time],
  address: [
    'request.client_ip',
    'request.remote_ip',
    'ClientHost',
    'remote_addr',
    'client_ip',
    'remote_ip',
    ...CLOUDS.address,
  ],
  body: ['request_body'],
  length: ['content_length'],
  'header:User-Agent': ['http_user_agent', 'user_agent', 'agent', ...CLOUDS.agent],
  'header:Referer': ['http_referer', 'referer', 'referrer', ...CLOUDS.referer],
  'header:Content-Type': ['content_type'],
  'header:X-Forwarded-For': ['x_forwarded_for'],
};
/** Keys that each hold one header: nginx's variables, and the names of Traefik. */
const HEADER_KEY = /^(?:http_|request_(?=[A-Z]))(.+)$/;
/** Caddy writes this in place of values that it does not log. */
const WITHHELD = 'REDACTED';

/**
 * Lines of JSON. Each field is at its stated place, otherwise where servers usually write it. A dot in a path leads
 * into an object.
 */
export function jsonReader(stated: ReadonlyMap<LogField, string>): LineReader {
  return (line) => {
    const start = line.indexOf('{');
    if (start === -1) return null;
    let record: unknown;
    try {
      record = parseWithPairs(line.slice(start));
    } catch (error) {
      if (error instanceof SyntaxError) return null;
      throw error;
    }
    const fields = new Map<LogField, string>();
    const set = (field: LogField, value: unknown): void => {
      if (typeof value === 'string' && !isNothing(value) && value !== WITHHELD && !fields.has(field))
        fields.set(field, value);
    };
    for (const [field, path] of stated) set(field, at(record, path));
    for (const [field, paths = []] of Object.entries(KNOWN) as [LogField, readonly string[]][])
      if (!stated.has(field)) for (const path of paths) set(field, at(record, path));
    for (const [name, value] of headersIn(record)) set(/^host$/i.test(name) ? 'host' : headerField(name), value);
    const whole = targetOf(Buffer.from(fields.get('target') ?? '', 'latin1').toString('utf8'));
    if (whole === null) return fields;
    // The logger put the URL together; the client asked for the path.
    set('host', whole.host);
    return fields.set('target', whole.target);
  };
}

function at(record: unknown, path: string): unknown {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return undefined;
  if (Object.hasOwn(record, path)) return (record as Record<string, unknown>)[path];
  const dot = path.indexOf('.');
  return dot === -1 ? undefined : at((record as Record<string, unknown>)[path.slice(0, dot)], path.slice(dot + 1));
}

/** Headers in an object with such a name, or in keys of their own. */
function* headersIn(record: unknown): Generator<readonly [string, unknown]> {
  if (typeof record !== 'object' || record === null) return;
  const listed = at(record, 'request.headers') ?? at(record, 'httpRequest.headers') ?? at(record, 'headers');
  if (Array.isArray(listed)) for (const one of listed as Pairs | readonly Named[]) yield pairOf(one);
  for (const [key, value] of Object.entries(record)) {
    const name = HEADER_KEY.exec(key)?.[1];
    if (name !== undefined && !NOT_HEADERS.has(key)) yield [name, value];
  }
}

/** Headers of the WAF of AWS are objects with a name and a value. */
interface Named {
  readonly name: string;
  readonly value: unknown;
}

function pairOf(header: Pairs[number] | Named): readonly [string, unknown] {
  if ('name' in header) return [header.name, header.value];
  const [name, value] = header;
  return [name, Array.isArray(value) ? (value as unknown[]).join(', ') : value];
}

/** Keys of nginx that begin alike and hold no header. */
const NOT_HEADERS = new Set(['http_host']);
