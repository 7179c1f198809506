import {
  escapeBytes,
  problem,
  request,
  targetOf,
  withLength,
  type Entry,
  type NoteKind,
  type RequestParts,
} from '../../requests/index.js';
import { isNothing, timeOf, type Fields } from './fields.js';

/** Browsers send these near the beginning. The others follow in the order of the log. */
const FRONT = ['header:User-Agent', 'header:Referer'] as const;

/** A byte that is not allowed in a header. */
const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/;
const UNSENDABLES = new RegExp(UNSENDABLE, 'g');

/** The request of a log line. The client's address goes into X-Forwarded-For if no such header is logged. */
export function requestOf(fields: Fields, line: number): Entry {
  const asked = /^(\S+) (.+?)(?: HTTP\/(\d(?:\.\d)?))?$/.exec(fields.get('request') ?? '');
  const method = fields.get('method') ?? asked?.[1];
  const target = fields.get('target') === undefined ? asked?.[2] : withQuery(fields);
  if (method === undefined || target === undefined || !/^[A-Za-z-]+$/.test(method))
    return problem(line, 'no-request', 'The line has no request');
  const body = fields.has('body') ? Buffer.from(fields.get('body') as string, 'latin1') : null;
  const length = Number(fields.get('length') ?? body?.length ?? 0);
  if (body === null && length > 0)
    return problem(line, 'body-missing', `The request had a body of ${length} bytes that was not logged`);
  if (body !== null && length !== body.length)
    return problem(line, 'body-damaged', `The request had a body of ${length} bytes, and ${body.length} were logged`);
  const version = fields.get('protocol')?.replace(/^HTTP\//i, '') ?? asked?.[3] ?? '1.1';
  const time = timeOf(fields);
  const notes: NoteKind[] = [];
  if (/^[23]/.test(version)) notes.push('from-http2');
  if (body === null && ['POST', 'PUT', 'PATCH'].includes(method)) notes.push('body-not-logged');
  if (escapeBytes(target) !== target) notes.push('target-encoded');
  if ([...fields].some(([field, value]) => /^(?:header:|host$)/.test(field) && UNSENDABLE.test(value)))
    notes.push('header-cleaned');
  if (Number.isNaN(time)) notes.push('time-unread');
  return request(
    line,
    {
      method,
      target: escapeBytes(target),
      headers: withLength(headersOf(fields, target), body, method),
      body,
      ...(version === '1.0' ? { behaviour: { version: '1.0' } as const } : {}),
    },
    { time, notes },
  );
}

function headersOf(fields: Fields, target: string): RequestParts['headers'] {
  const host = fields.get('host') ?? targetOf(target)?.host ?? 'localhost';
  const others = [...fields.keys()].filter(
    (field) => field.startsWith('header:') && !FRONT.some((front) => front === field),
  );
  const headers = [...FRONT, ...others].flatMap((field) => {
    const value = fields.get(field);
    return value === undefined ? [] : [[field.slice('header:'.length), value] as const];
  });
  const address = fields.has('header:X-Forwarded-For') ? undefined : fields.get('address');
  return [
    ['Host', host] as const,
    ...headers,
    ...(address === undefined ? [] : [['X-Forwarded-For', address] as const]),
  ]
    .filter(([name]) => !/^(?:content-length|transfer-encoding|connection)$/i.test(name))
    .map(([name, value]) => [name, value.replaceAll(UNSENDABLES, ' ')] as const);
}

/** Logs write the query with or without its question mark, or in the target. */
function withQuery(fields: Fields): string {
  const [target = '', query = ''] = [fields.get('target'), fields.get('query')];
  if (isNothing(query) || target.includes('?')) return target;
  return query.startsWith('?') ? target + query : `${target}?${query}`;
}
