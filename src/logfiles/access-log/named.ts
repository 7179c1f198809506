import { targetOf } from '../../requests/index.js';
import { toByteString } from '../../traffic/bytes.js';
import type { Fields, LineReader, LogField } from './fields.js';
import { jsonReader } from './json.js';
import { lineReader } from './notation.js';
import { w3cReader } from './w3c.js';

const COMMON = '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent';
const COMBINED = `${COMMON} "$http_referer" "$http_user_agent"`;
const VHOST_COMBINED = '%v:%p %h %l %u %t "%r" %>s %O "%{Referer}i" "%{User-Agent}i"';
/** Client, time without a zone, and the request at the end. Captured headers in between are ignored. */
const HAPROXY = /(?:^|\s)(\S+?):\d+ \[(\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d\.\d+)\] .* "([^"]*)"?$/;
const ALB = /^\S+ (\S+) \S+ (\S+):\d+ (?:\S+ ){8}"((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"/;
/** Traefik writes a missing header as "-" in quotation marks or without. */
const TRAEFIK =
  /^(\S+) - \S+ \[([^\]]*)\] "((?:[^"\\]|\\.)*)" \S+ \S+(?: (?:"((?:[^"\\]|\\.)*)"|-) (?:"((?:[^"\\]|\\.)*)"|-))?/;

/** A separate reader for each file, because some formats describe their lines in the file. */
export const NAMED_FORMATS: Readonly<Record<string, () => LineReader>> = {
  combined: () => firstOf(lineReader(COMBINED), lineReader(COMMON)),
  common: () => lineReader(COMMON),
  vhost_combined: () => lineReader(VHOST_COMBINED),
  nginx: () => firstOf(lineReader(COMBINED), lineReader(COMMON)),
  haproxy: () => patternReader(HAPROXY, ['address', 'time', 'request']),
  alb: () => {
    const read = patternReader(ALB, ['address', 'time', 'request', 'header:User-Agent'], [2, 1, 3, 4]);
    return (line) => withoutHost(read(line));
  },
  caddy: () => jsonReader(new Map()),
  traefik: () =>
    firstOf(
      jsonReader(new Map()),
      patternReader(TRAEFIK, ['address', 'time', 'request', 'header:Referer', 'header:User-Agent']),
    ),
  json: () => jsonReader(new Map()),
  cloudfront: () => w3cReader(),
  iis: () => w3cReader(),
  w3c: () => w3cReader(),
};

export const LOG_FORMATS: readonly string[] = Object.keys(NAMED_FORMATS);

/** Used if no format is stated: each line is read by the first reader that fits. */
export function anyReader(): LineReader {
  return firstOf(
    jsonReader(new Map()),
    w3cReader(),
    lineReader(COMBINED),
    lineReader(VHOST_COMBINED),
    lineReader(COMMON),
  );
}

function firstOf(...readers: readonly LineReader[]): LineReader {
  return (line) => {
    for (const read of readers) {
      const fields = read(line);
      if (fields !== null) return fields;
    }
    return null;
  };
}

function patternReader(
  pattern: RegExp,
  fields: readonly LogField[],
  groups: readonly number[] = fields.map((_, i) => i + 1),
): LineReader {
  return (line) => {
    const matched = pattern.exec(line);
    if (matched === null) return null;
    const values = fields.map((field, i) => [field, matched[groups[i] as number]] as const);
    return new Map(values.flatMap(([field, value]) => (value === undefined || value === '-' ? [] : [[field, value]])));
  };
}

/** ALB logs the whole URL even if the request had only the path. */
function withoutHost(fields: Fields | null): Fields | null {
  const [, method, url, protocol] = /^(\S+) (\S+)( HTTP\/\S+)?$/.exec(fields?.get('request') ?? '') ?? [];
  const at = url === undefined ? null : targetOf(Buffer.from(url, 'latin1').toString('utf8'));
  if (fields === null || at === null) return fields;
  const host = at.host.replace(/:(?:80|443)$/, '');
  return new Map([...fields, ['request', `${method} ${toByteString(at.target)}${protocol ?? ''}`], ['host', host]]);
}
