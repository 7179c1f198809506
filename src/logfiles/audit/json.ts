import {
  escapeBytes,
  jsonRecords,
  MalformedRequest,
  problem,
  readHead,
  request,
  entryOrProblem,
  type Entry,
  type Format,
  type NoteKind,
  type RequestParts,
} from '../../requests/index.js';
import { withLoggedBody } from './body.js';
import { parseWithPairs, type Pairs } from './pairs.js';
import { logTime } from './times.js';

/** libmodsecurity 3 and Coraza write everything in `transaction`, ModSecurity 2 writes beside it. */
interface AuditRecord {
  readonly transaction?: {
    readonly time_stamp?: string;
    readonly time?: string;
    /** Coraza: nanoseconds since 1970, as text, because a number cannot hold that many digits. */
    readonly unix_timestamp?: string;
    readonly is_interrupted?: boolean;
    readonly request?: {
      readonly method?: string;
      readonly protocol?: string;
      readonly http_version?: string;
      readonly uri?: string;
      readonly headers?: Pairs;
      readonly body?: string;
    };
    readonly messages?: readonly unknown[] | null;
  };
  readonly request?: {
    readonly request_line?: string;
    readonly headers?: Pairs;
    readonly body?: readonly string[] | string;
  };
  readonly audit_data?: { readonly messages?: readonly unknown[] };
  readonly messages?: readonly unknown[] | null;
}

/** The audit log in JSON of ModSecurity 2 and 3 and of Coraza: one transaction after the other. */
export const auditJson: Format = async function* (source) {
  for await (const { bytes, line, tooLong } of jsonRecords(source.chunks)) {
    if (tooLong) yield problem(line, 'too-long', 'The transaction is too long');
    else
      yield entryOrProblem(line, 'The transaction is not valid JSON, or does not have the form of an audit log', () =>
        read(bytes.toString('latin1'), line),
      );
  }
};

function read(text: string, line: number): Entry {
  try {
    const record = parseWithPairs(text) as AuditRecord;
    const asked = record.request?.request_line === undefined ? inside(record) : beside(record);
    if (asked === null) return problem(line, 'no-request', 'The transaction has no request');
    const { method, target, version, headers, body, notes } = asked;
    const bodies = body === '' ? null : bodiesOf(body);
    const http2 = notes.includes('from-http2');
    const sent = withLoggedBody({ method, headers }, { bodies, breaksFollow: false, http2 });
    const time = timeOf(record.transaction);
    return request(
      line,
      {
        method,
        target: escapeBytes(target),
        headers: sent.headers,
        body: sent.body,
        ...(version === '1.0' ? { behaviour: { version } } : {}),
      },
      {
        label: isAttack(record) ? 'attack' : null,
        time,
        notes: [
          ...notes,
          ...sent.notes,
          ...(escapeBytes(target) === target ? [] : (['target-encoded'] as const)),
          ...(Number.isNaN(time) ? (['time-unread'] as const) : []),
        ],
      },
    );
  } catch (error) {
    if (!(error instanceof MalformedRequest)) throw error;
    return problem(line, error.reason, `The request cannot be imported: ${error.message}`);
  }
}

interface Asked extends Pick<RequestParts, 'method' | 'target' | 'headers'> {
  readonly version: '1.0' | '1.1';
  readonly body: string;
  readonly notes: readonly NoteKind[];
}

/** ModSecurity 2: the request line as it came. */
function beside({ request: logged }: AuditRecord): Asked | null {
  const matched = /^(\S+) (.+?)(?: HTTP\/(\S+))?$/.exec(logged?.request_line ?? '');
  if (matched === null) return null;
  const { method, version, notes } = readHead([`${matched[1]} / HTTP/${matched[3] ?? '1.1'}`]);
  const body = logged?.body ?? '';
  return {
    method,
    target: matched[2] as string,
    version,
    headers: headersOf(logged?.headers ?? []),
    body: typeof body === 'string' ? body : body.join(''),
    notes,
  };
}

function inside({ transaction }: AuditRecord): Asked | null {
  const { method, uri, headers = [], body = '', http_version: stated, protocol } = transaction?.request ?? {};
  if (typeof method !== 'string' || typeof uri !== 'string') return null;
  if (typeof body !== 'string') throw new TypeError('a text is expected');
  const version = protocol?.replace(/^HTTP\//, '') ?? (stated || '1.1');
  const { notes, version: sent } = readHead([`GET / HTTP/${version === '1' ? '1.0' : version}`]);
  return { method, target: uri, version: sent, headers: headersOf(headers), body, notes };
}

/** The logged bytes, or those of a logger that wrote each byte as a character. */
function bodiesOf(body: string): readonly Buffer[] {
  const bytes = Buffer.from(body, 'latin1');
  const text = bytes.toString('utf8');
  return /^[\0-\u00ff]*$/.test(text) ? [bytes, Buffer.from(text, 'latin1')] : [bytes];
}

/** Equal names stay: libmodsecurity writes them as equal keys, Coraza as a list. */
function headersOf(pairs: Pairs): RequestParts['headers'] {
  return pairs.flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => {
      if (typeof one !== 'string') throw new TypeError('a text is expected');
      return [name, one] as const;
    }),
  );
}

function isAttack({ transaction, audit_data: data, messages }: AuditRecord): boolean {
  return (
    transaction?.is_interrupted === true ||
    [transaction?.messages, data?.messages, messages].some((list) => Array.isArray(list) && list.length > 0)
  );
}

function timeOf(transaction: AuditRecord['transaction']): number {
  const { unix_timestamp: nanoseconds, time_stamp: stamp, time } = transaction ?? {};
  if (nanoseconds !== undefined) return Math.round(Number(nanoseconds) / 1e6);
  return stamp === undefined ? logTime(time ?? '') : Date.parse(`${stamp} GMT`);
}
