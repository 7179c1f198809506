import {
  isRequestLine,
  MalformedRequest,
  problem,
  readHead,
  request,
  valueOf,
  type Entry,
  type Format,
} from '../../requests/index.js';
import { withLoggedBody, type Logged } from './body.js';
import { logTime } from './times.js';
import { transactionsOf, type Transaction } from './transactions.js';

/**
 * ModSecurity's native audit log: part A has the time, B the request line and headers, C or I the body, H the results
 * of the rules.
 */
export const auditNative: Format = async function* (source) {
  for await (const found of transactionsOf(source.chunks)) yield 'kind' in found ? found : read(found);
};

function read(transaction: Transaction): Entry {
  const { line, parts } = transaction;
  const lines = linesOf(parts.get('B')).map((text) => text.replace(/\r$/, ''));
  const head = lines.slice(0, lines.findLastIndex((text) => text !== '') + 1);
  if (head.length === 0) return problem(line, 'no-request', 'The transaction has no request headers (part B)');
  try {
    const { method, target, headers, version, notes } = readHead(head);
    const http2 = notes.includes('from-http2');
    const sent = withLoggedBody(
      { method, headers },
      { bodies: bodiesOf(transaction, valueOf(headers, 'content-type')), breaksFollow: true, http2 },
    );
    const time = logTime(linesOf(parts.get('A'))[0] ?? '');
    return request(
      line,
      {
        method,
        target,
        headers: sent.headers,
        body: sent.body,
        ...(version === '1.0' ? { behaviour: { version } } : {}),
      },
      {
        label: isAttack(linesOf(parts.get('H'))) ? 'attack' : null,
        time,
        notes: [...notes, ...sent.notes, ...(Number.isNaN(time) ? (['time-unread'] as const) : [])],
      },
    );
  } catch (error) {
    if (!(error instanceof MalformedRequest)) throw error;
    const what = isRequestLine(head[0] ?? '') ? 'The request cannot be imported' : 'Not a request';
    return problem(line, error.reason, `${what}: ${error.message}`);
  }
}

/** Part C, or part I if C is not logged. I is the same without the files of multipart bodies. */
function bodiesOf({ parts, third }: Transaction, type: string | null): Logged['bodies'] {
  const [whole, reduced] = [parts.get('C'), parts.get('I')];
  const logged = whole ?? reduced;
  if (logged === undefined) return null;
  if (whole === undefined && /^\s*multipart\//i.test(type ?? ''))
    throw new MalformedRequest('part I of the log does not have multipart bodies as they were sent', 'body-missing');
  const bytes = Buffer.concat(logged.flatMap((text, i) => (i === 0 ? [text] : [Buffer.from('\n'), text])));
  return [third && bytes.at(-1) === 0x0a ? bytes.subarray(0, -1) : bytes];
}

function isAttack(said: readonly string[]): boolean {
  return said.some(
    (text) =>
      /^(?:Apache-Error|ModSecurity|Message): .*(?:Access denied|Warning)/.test(text) || text.startsWith('Message: '),
  );
}

function linesOf(part: readonly Buffer[] | undefined): readonly string[] {
  return (part ?? []).map((text) => text.toString('latin1'));
}
