import { toByteString } from '../../traffic/bytes.js';
import { problem, request, shaped, type Entry, type Format, type RequestParts } from '../entry.js';
import { withLength } from '../raw-request.js';
import { lines } from '../records.js';
import { escapeTarget } from '../url.js';

type Headers = Readonly<Record<string, string | readonly unknown[]>>;

/** libmodsecurity 3 puts everything under `transaction`, ModSecurity 2 beside it. */
interface AuditRecord {
  readonly transaction?: {
    readonly time_stamp?: string;
    readonly time?: string;
    readonly request?: {
      readonly method?: string;
      readonly http_version?: number | string;
      readonly uri?: string;
      readonly headers?: Headers;
      readonly body?: string;
    };
    readonly messages?: readonly unknown[];
  };
  readonly request?: {
    readonly request_line?: string;
    readonly headers?: Headers;
    readonly body?: readonly string[] | string;
  };
  readonly audit_data?: { readonly messages?: readonly unknown[] };
}

/** ModSecurity's audit log in JSON, one transaction per line. */
export const auditJson: Format = async function* (source) {
  for await (const { text, line, tooLong } of lines(source.chunks)) {
    if (tooLong) yield problem(line, 'too-long', 'The line is too long');
    else if (text.trim() !== '')
      yield shaped(line, 'The line is not valid JSON, or none of an audit log', () => read(text, line));
  }
};

function read(text: string, line: number): Entry {
  const record = JSON.parse(Buffer.from(text, 'latin1').toString('utf8')) as AuditRecord;
  const { transaction, request: beside } = record;
  const inside = transaction?.request;
  const asked =
    beside?.request_line === undefined
      ? [inside?.method, inside?.uri]
      : (/^(\S+) (.+?)(?: HTTP\/\S+)?$/.exec(beside.request_line)?.slice(1) ?? []);
  const [method, target] = asked;
  if (typeof method !== 'string' || typeof target !== 'string')
    return problem(line, 'no-request', 'The transaction has no request');
  const logged = beside?.body ?? inside?.body ?? '';
  const text8 = typeof logged === 'string' ? logged : logged.join('');
  const body = text8 === '' ? null : Buffer.from(text8, 'utf8');
  const messages = transaction?.messages ?? record.audit_data?.messages ?? [];
  const headers = headersOf(beside?.headers ?? inside?.headers ?? {});
  return request(
    line,
    { method, target: escapeTarget(target), headers: withLength(headers, body, method), body },
    { label: messages.length > 0 ? 'attack' : null, time: timeOf(transaction) },
  );
}

function headersOf(headers: Headers): RequestParts['headers'] {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one) => [name, toByteString(String(one))] as const),
  );
  return pairs.filter(([name]) => name.toLowerCase() !== 'transfer-encoding');
}

function timeOf(transaction: AuditRecord['transaction']): number | null {
  if (transaction?.time_stamp !== undefined) return Date.parse(`${transaction.time_stamp} GMT`);
  const matched = /^(\d\d)\/(\w{3})\/(\d{4}):(\d\d:\d\d:\d\d)(?:\.\d+)? ([+-]\d{4})$/.exec(transaction?.time ?? '');
  return matched === null
    ? null
    : Date.parse(`${matched[1]} ${matched[2]} ${matched[3]} ${matched[4]} GMT${matched[5]}`);
}
