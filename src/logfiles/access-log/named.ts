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
const ALB = /^(?:https?|h2|wss?|grpcs?) (\d{4}-\S+) \S+ (\S+):\d+ (?:\S+ ){8}"((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"/;
/** The classic balancer of AWS: the time stands first, and no kind of protocol in front of it. */
const ELB = /^(\d{4}-\S+) \S+ (\S+):\d+ (?:\S+ ){8}"((?:[^"\\]|\\.)*)"(?: "((?:[^"\\]|\\.)*)")?/;
/** Envoy's own format, which Istio uses too. Its three further fields begin with flags of the answer. */
const ENVOY =
  /^\[([^\]]+)\] "([^"]*)" \d+ (?:\S+ \S+ \S+ "[^"]*"|\S+)(?: -?\d+| -)+ "([^"]*)" "([^"]*)" "[^"]*" "([^"]*)"/;
/** Traefik writes a missing header as "-" in quotation marks or without. */
const TRAEFIK =
  /^(\S+) - \S+ \[([^\]]*)\] "((?:[^"\\]|\\.)*)" \S+ \S+(?: (?:"((?:[^"\\]|\\.)*)"|-) (?:"((?:[^"\\]|\\.)*)"|-))?/;

/** How Traefik ends a line; up to there it may be like any other. */
const TRAEFIK_END = / \d+ms$/;
const HAPROXY_FIELDS: readonly LogField[] = ['address', 'time', 'request'];
const TRAEFIK_FIELDS: readonly LogField[] = ['address', 'time', 'request', 'header:Referer', 'header:User-Agent'];

/** A separate reader for each file, because some formats describe their lines in the file. */
export const NAMED_FORMATS: Readonly<Record<string, () => LineReader>> = {
  combined: () => firstOf(lineReader(COMBINED), lineReader(COMMON)),
  common: () => lineReader(COMMON),
  vhost_combined: () => lineReader(VHOST_COMBINED),
  nginx: () => firstOf(lineReader(COMBINED), lineReader(COMMON)),
  haproxy: () => patternReader(HAPROXY, HAPROXY_FIELDS),
  alb: () => {
    const read = patternReader(ALB, ['address', 'time', 'request', 'header:User-Agent'], [2, 1, 3, 4]);
    return (line) => withoutHost(read(line));
  },
  elb: () => {
    const read = patternReader(ELB, ['time', 'address', 'request', 'header:User-Agent']);
    return (line) => withoutHost(read(line));
  },
  envoy: () => {
    const json = jsonReader(new Map());
    return firstOf(
      json,
      patternReader(ENVOY, ['time', 'request', 'header:X-Forwarded-For', 'header:User-Agent', 'host']),
    );
  },
  caddy: () => jsonReader(new Map()),
  traefik: () => firstOf(jsonReader(new Map()), patternReader(TRAEFIK, TRAEFIK_FIELDS)),
  json: () => jsonReader(new Map()),
  cloudfront: () => w3cReader(),
  iis: () => w3cReader(),
  w3c: () => w3cReader(),
};

export const LOG_FORMATS: readonly string[] = Object.keys(NAMED_FORMATS);

/** Used if no format is stated: each line is read by the first reader that fits, the most certain first. */
export function anyReader(): LineReader {
  const traefik = patternReader(TRAEFIK, TRAEFIK_FIELDS);
  const named = ['w3c', 'alb', 'elb', 'envoy'].map((name) => (NAMED_FORMATS[name] as () => LineReader)());
  return firstOf(
    jsonReader(new Map()),
    ...named,
    lineReader(COMBINED),
    lineReader(VHOST_COMBINED),
    (line) => (TRAEFIK_END.test(line) ? traefik(line) : null),
    lineReader(COMMON),
    patternReader(HAPROXY, HAPROXY_FIELDS),
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
