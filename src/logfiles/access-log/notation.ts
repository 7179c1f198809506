import { SlopegateError } from '../../model/index.js';
import { headerField, isNothing, type LineReader, type LogField } from './fields.js';

const NGINX: Readonly<Record<string, LogField>> = {
  request: 'request',
  request_method: 'method',
  request_uri: 'target',
  uri: 'target',
  args: 'query',
  query_string: 'query',
  remote_addr: 'address',
  time_local: 'time',
  time_iso8601: 'time',
  msec: 'time',
  host: 'host',
  http_host: 'host',
  server_protocol: 'protocol',
  request_body: 'body',
  content_length: 'length',
  content_type: 'header:Content-Type',
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
};

/** Names of users may have spaces; a port has digits only, so that an IPv6 address is no host with a port. */
const SHAPES: Readonly<Record<string, string>> = {
  remote_user: '.*?',
  u: '.*?',
  v: '[^\\s:]*',
  p: '\\d+',
  server_port: '\\d+',
};

const TOKEN = /\$\{?([a-z0-9_]+)\}?|%[<>]?(?:!?[\d,]*)(?:\{([^}]*)\})?[<>]?([a-zA-Z%])/g;

/**
 * Reads lines of a log format in nginx's (`$request`) or Apache's (`%r`) notation.
 * @throws SlopegateError TRAFFIC_INVALID if the format does not contain what was requested
 */
export function lineReader(format: string): LineReader {
  const { pattern, groups } = compile(format.replaceAll('\\"', '"'));
  if (!groups.includes('request') && !(groups.includes('method') && groups.includes('target')))
    throw new SlopegateError(
      'TRAFFIC_INVALID',
      `the log format ${JSON.stringify(format)} does not have the requested path`,
      {
        hint: 'it needs $request or %r, or $request_method and $request_uri, or %m and %U; or a known name',
      },
    );
  return (line) => {
    const matched = pattern.exec(line);
    if (matched === null) return null;
    const fields = new Map<LogField, string>();
    for (const [i, group] of groups.entries()) {
      const value = unescapeLog(matched[i + 1] ?? '');
      if (!isNothing(value) && !fields.has(group)) fields.set(group, value);
    }
    return fields;
  };
}

function compile(notation: string): { readonly pattern: RegExp; readonly groups: readonly LogField[] } {
  const groups: LogField[] = [];
  let pattern = '';
  let end = 0;
  for (const match of notation.matchAll(TOKEN)) {
    pattern += escaped(notation.slice(end, match.index));
    end = match.index + match[0].length;
    const value =
      SHAPES[match[1] ?? ''] ?? SHAPES[match[3] ?? ''] ?? valuePattern(notation[match.index - 1], notation[end]);
    const field = fieldOf(match);
    // Apache writes the brackets of %t itself.
    const bracketed = match[3] === 't' && notation[match.index - 1] !== '[';
    if (field === null) pattern += bracketed ? '\\[[^\\]]*\\]' : `(?:${value})`;
    else {
      groups.push(field);
      pattern += bracketed ? '\\[([^\\]]*)\\]' : `(${value})`;
    }
  }
  // A longer line is accepted, because people append fields.
  return { pattern: new RegExp(`^${pattern}${escaped(notation.slice(end))}`), groups };
}

/** The characters that a variable may contain between its neighbours. */
function valuePattern(before: string | undefined, after: string | undefined): string {
  if (before === '"') return '(?:[^"\\\\]|\\\\.)*';
  if (before === '[') return '[^\\]]*';
  if (after === undefined) return '.*';
  return after === ' ' ? '\\S*' : `[^${escaped(after)}]*`;
}

function fieldOf([, variable, header, letter]: RegExpMatchArray): LogField | null {
  if (variable !== undefined)
    return NGINX[variable] ?? (variable.startsWith('http_') ? headerField(variable.slice('http_'.length)) : null);
  if (letter === 'i') return /^host$/i.test(header ?? '') ? 'host' : headerField((header ?? '').toLowerCase());
  if (letter === 't' && header !== undefined) return null;
  return APACHE[letter ?? ''] ?? null;
}

/** nginx writes `\x22` for special bytes, Apache also `\"`, `\\`, `\n` and similar. */
function unescapeLog(value: string): string {
  if (!value.includes('\\')) return value;
  const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', v: '\v', f: '\f' };
  return value.replace(/\\(?:x([0-9A-Fa-f]{2})|(.))/g, (_, hex: string | undefined, letter: string | undefined) =>
    hex === undefined ? (named[letter ?? ''] ?? letter ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
