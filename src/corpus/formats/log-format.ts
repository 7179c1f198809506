/** What of a log line makes a request again. */
export type LogField =
  | 'request'
  | 'method'
  | 'target'
  | 'query'
  | 'protocol'
  | 'address'
  | 'time'
  | 'timeIso'
  | 'timeEpoch'
  | 'host'
  | 'referer'
  | 'userAgent'
  | 'forwardedFor'
  | 'status';

export interface CompiledLogFormat {
  readonly pattern: RegExp;
  /** What each group of the pattern holds. */
  readonly groups: readonly LogField[];
}

const NGINX: Readonly<Record<string, LogField>> = {
  request: 'request',
  request_method: 'method',
  request_uri: 'target',
  remote_addr: 'address',
  time_local: 'time',
  time_iso8601: 'timeIso',
  msec: 'timeEpoch',
  host: 'host',
  http_host: 'host',
  http_referer: 'referer',
  http_user_agent: 'userAgent',
  http_x_forwarded_for: 'forwardedFor',
  status: 'status',
  server_protocol: 'protocol',
};
const APACHE: Readonly<Record<string, LogField>> = {
  r: 'request',
  m: 'method',
  U: 'target',
  q: 'query',
  H: 'protocol',
  h: 'address',
  a: 'address',
  t: 'time',
  v: 'host',
  V: 'host',
  s: 'status',
};
const APACHE_HEADERS: Readonly<Record<string, LogField>> = {
  referer: 'referer',
  'user-agent': 'userAgent',
  host: 'host',
  'x-forwarded-for': 'forwardedFor',
};

/** `combined`, and `common` with it, since the rest of a line may be missing. */
const COMBINED =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';
const COMMON = '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent';

const TOKEN = /\$\{?([a-z0-9_]+)\}?|%[<>]?(?:!?[\d,]*)(?:\{([^}]*)\})?[<>]?([a-zA-Z%])/g;

/**
 * Makes a pattern of a log format in nginx's (`$request`) or Apache's (`%r`) notation, or of the names `combined` and
 * `common`.
 */
export function compileLogFormat(format: string): CompiledLogFormat {
  const notation = format === 'combined' ? COMBINED : format === 'common' ? COMMON : format.replaceAll('\\"', '"');
  const groups: LogField[] = [];
  let pattern = '';
  let end = 0;
  for (const match of notation.matchAll(TOKEN)) {
    pattern += escaped(notation.slice(end, match.index));
    end = match.index + match[0].length;
    const before = notation[match.index - 1];
    const after = notation[end];
    const value =
      before === '"'
        ? '(?:[^"\\\\]|\\\\.)*'
        : before === '['
          ? '[^\\]]*'
          : after === undefined
            ? '.*'
            : after === ' '
              ? '\\S*'
              : `[^${escaped(after)}]*`;
    const field = fieldOf(match);
    // Apache writes the brackets of %t itself.
    const bracketed = match[3] === 't' && before !== '[';
    if (field === null) pattern += bracketed ? '\\[[^\\]]*\\]' : `(?:${value})`;
    else {
      groups.push(field);
      pattern += bracketed ? '\\[([^\\]]*)\\]' : `(${value})`;
    }
  }
  // A longer line is fine: people append fields.
  return { pattern: new RegExp(`^${pattern}${escaped(notation.slice(end))}`), groups };
}

function fieldOf([, variable, header, letter]: RegExpMatchArray): LogField | null {
  if (variable !== undefined) return NGINX[variable] ?? null;
  if (letter === 'i') return APACHE_HEADERS[(header ?? '').toLowerCase()] ?? null;
  if (letter === 't' && header !== undefined) return null;
  return APACHE[letter ?? ''] ?? null;
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
