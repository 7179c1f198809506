import {
  attachedOf,
  headerOf,
  problem,
  request,
  targetOf,
  userOf,
  textOf,
  valueOf,
  wholeOf,
  withLength,
  type Entry,
  type Format,
  type NoteKind,
  type RequestParts,
  type WithAttached,
} from '../../requests/index.js';
import { optionsOf, type Option } from './options.js';
import { commandsOf, withoutCarets, type Command } from './words.js';

/** A script is read as a whole. */
const LARGEST_FILE = 2 * 1024 * 1024;

/** Commands of curl, as browsers and proxies copy them ("Copy as cURL"), one after the other. */
export const curl: Format = async function* (source) {
  const { bytes, tooLong } = await wholeOf(textOf(source.chunks), LARGEST_FILE);
  if (tooLong) {
    yield problem(1, 'too-long', 'The file is too long for a file of commands');
    return;
  }
  const { attached } = await attachedOf(source);
  const text = bytes.toString('latin1');
  for (const command of commandsOf(/^\s*curl(?:\.exe)? \^"/.test(text) ? withoutCarets(text) : text)) {
    yield await read(command, attached);
  }
};

async function read({ line, words, whole, unfilled }: Command, attached: WithAttached['attached']): Promise<Entry> {
  if (!whole) return problem(line, 'cut-short', 'A quotation mark of the command has no end');
  const [program = '', ...rest] = words;
  if (!/^(?:.*\/)?curl(?:\.exe)?$/.test(program)) return problem(line, 'malformed', 'Not a command of curl');
  const { options, unknown } = optionsOf(rest);
  if (unknown !== null) return problem(line, 'unknown-key', `The option ${unknown} is not known to this import`);
  const urls = options.filter(({ name }) => name === 'url');
  if (unfilled !== null) return problem(line, 'template', `A shell would fill in ${unfilled}`);
  if (urls.length !== 1) return problem(line, 'no-request', `The command has ${urls.length} URLs`);
  const has = (name: string): boolean => options.some((option) => option.name === name);
  const url = urls[0]?.value ?? '';
  const at = targetOf(Buffer.from(SCHEME.test(url) ? url : `http://${url}`, 'latin1').toString('utf8'));
  if (at === null) return problem(line, 'not-http', `The URL ${JSON.stringify(url)} is not requested over HTTP`);
  if (!has('globoff') && GLOB.test(url)) return problem(line, 'template', 'The URL is a pattern for several requests');
  const cookies = options.findLast(({ name }) => name === 'cookie')?.value ?? '=';
  if (!cookies.includes('=')) return problem(line, 'needs-answer', `Its cookies are in the file "${cookies}"`);
  const body = await bodyOf(options, attached);
  if (typeof body === 'string') return problem(line, 'body-missing', `The file "${body}" with the body cannot be read`);
  const target = has('path-as-is') ? at.target : withoutDots(at.target);
  return built(line, options, { host: at.host, target, user: userOf(url) }, body);
}

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
/** What curl takes for a pattern of URLs: `[1-3]`, `{a,b}`; an IPv6 address is none. */
const GLOB = /\[(?:\d+-\d+|[a-z]-[a-z])(?::\d+)?\]|\{[^{}]*\}/i;

/** The target as curl sends it: without `.` and `..` in its path. */
function withoutDots(target: string): string {
  const [path = ''] = target.split('?', 1);
  const segments: string[] = [];
  const parts = path.split('/').slice(1);
  for (const [i, part] of parts.entries()) {
    const isDots = part === '.' || part === '..';
    if (part === '..') segments.pop();
    if (!isDots) segments.push(part);
    else if (i === parts.length - 1) segments.push('');
  }
  return `/${segments.join('/')}${target.slice(path.length)}`;
}

function built(
  line: number,
  options: readonly Option[],
  at: { readonly host: string; readonly target: string; readonly user: string | null },
  data: Buffer | null,
): Entry {
  const has = (name: string): boolean => options.some((option) => option.name === name);
  const last = (name: string): string | undefined => options.findLast((option) => option.name === name)?.value;
  const user = last('user') ?? at.user;
  const inQuery = has('get') && data !== null;
  const between = at.target.includes('?') ? '&' : '?';
  const target = inQuery && data.length > 0 ? `${at.target}${between}${data.toString('latin1')}` : at.target;
  const body = inQuery || data === null || data.length === 0 ? null : data;
  const method = last('method') ?? (has('head') ? 'HEAD' : data !== null && !inQuery ? 'POST' : 'GET');
  const written = options.flatMap(({ name, value }) => (name === 'header' ? headerOption(value) : []));
  const stated = written.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  const removed = new Set(written.flatMap(([name, value]) => (value === null ? [name.toLowerCase()] : [])));
  const implied = [
    ['Authorization', user === null ? undefined : `Basic ${Buffer.from(user, 'latin1').toString('base64')}`],
    ['User-Agent', last('user-agent')],
    ['Accept', has('json') ? 'application/json' : undefined],
    ['Referer', last('referer')],
    ['Cookie', last('cookie')],
    [
      'Content-Type',
      has('json') ? 'application/json' : data === null || inQuery ? undefined : 'application/x-www-form-urlencoded',
    ],
  ] as const;
  const added = implied.flatMap(([name, value]) =>
    value === undefined || removed.has(name.toLowerCase()) || valueOf(stated, name.toLowerCase()) !== null
      ? []
      : [[name, value] as const],
  );
  const headers: RequestParts['headers'] = [
    ...(valueOf(stated, 'host') === null ? [['Host', at.host.replace(/:(?:80|443)$/, '')] as const] : []),
    ...stated,
    ...added,
  ];
  const complete =
    ['user-agent', 'accept'].every((name) => removed.has(name) || valueOf(headers, name) !== null) &&
    (!has('compressed') || valueOf(headers, 'accept-encoding') !== null);
  const notes: readonly NoteKind[] = complete ? [] : ['curl-defaults'];
  return request(
    line,
    {
      method,
      target,
      headers: data === null || inQuery ? headers : withLength(headers, body, method),
      body,
      ...(has('http1.0') ? { behaviour: { version: '1.0' } as const } : {}),
    },
    { notes },
  );
}

/** A header of `-H`: `Name;` has no value, and `Name:` takes away a header of curl's own, shown as null. */
function headerOption(text: string): readonly (readonly [name: string, value: string | null])[] {
  const empty = /^([^\s:;]+);\s*$/.exec(text)?.[1];
  const header = headerOf(empty === undefined ? text : `${empty}:`);
  if (header === null) return [];
  return [empty === undefined && header[1] === '' ? [header[0], null] : header];
}

/** The data of all options, joined with & as curl does it; or the name of a file that cannot be read. */
async function bodyOf(options: readonly Option[], attached: WithAttached['attached']): Promise<Buffer | string | null> {
  const pieces: Buffer[] = [];
  for (const { name, value } of options) {
    if (!/^(?:data|json)/.test(name)) continue;
    const file = name !== 'data-raw' && name !== 'data-urlencode' && value.startsWith('@') ? value.slice(1) : null;
    const bytes =
      file === null ? Buffer.from(name === 'data-urlencode' ? encoded(value) : value, 'latin1') : await attached(file);
    if (bytes === null) return file ?? '';
    // curl removes line breaks from a file that is sent as text.
    pieces.push(
      file !== null && name === 'data'
        ? Buffer.from(bytes.toString('latin1').replace(/[\r\n\0]/g, ''), 'latin1')
        : bytes,
    );
    if (name !== 'json') pieces.push(Buffer.from('&'));
  }
  if (pieces.length === 0) return null;
  return Buffer.concat(pieces.at(-1)?.toString() === '&' ? pieces.slice(0, -1) : pieces);
}

/** `name=content`, `=content` or `content`: the content is encoded. */
function encoded(value: string): string {
  const equals = value.indexOf('=');
  const name = equals > 0 ? value.slice(0, equals + 1) : '';
  const content = equals === -1 ? value : value.slice(equals + 1);
  return (
    name +
    content.replace(/[^A-Za-z0-9\-._~]/g, (byte) =>
      byte === ' ' ? '+' : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    )
  );
}
