import { problem, request, type Entry, type Format } from '../entry.js';
import { MalformedRequest, parseRawRequest } from '../raw-request.js';
import { LARGEST_RECORD, lines } from '../records.js';

/** `--4a1f-A--` (ModSecurity 2) and `---aB3d---A--` (libmodsecurity): a section of a transaction begins. */
const BOUNDARY = /^-{2,3}([0-9a-zA-Z]+)-{1,3}([A-K]|Z)--$/;
const LONGEST_BOUNDARY = 100;
/** What holding a line takes besides its characters. */
const LINE_COST = 40;

interface Transaction {
  readonly id: string;
  readonly line: number;
  readonly sections: Map<string, string[]>;
}

/**
 * ModSecurity's native audit log: part A when it came, B its request line and headers, C its body, H what the rules
 * said.
 */
export const auditNative: Format = async function* (source) {
  let transaction: Transaction | null = null;
  let section: string[] = [];
  let size = 0;
  for await (const { text, line, tooLong } of lines(source.chunks)) {
    const boundary = text.length > LONGEST_BOUNDARY ? null : BOUNDARY.exec(text);
    if (boundary === null) {
      if (transaction === null) continue;
      size += text.length + LINE_COST;
      if (!tooLong && size <= LARGEST_RECORD) section.push(text);
      else {
        yield problem(transaction.line, 'too-long', 'The transaction is too long');
        transaction = null;
      }
      continue;
    }
    const [, id = '', part = ''] = boundary;
    if (part === 'A') {
      if (transaction !== null) yield problem(transaction.line, 'cut-short', 'The transaction has no end (part Z)');
      transaction = { id, line, sections: new Map() };
      size = 0;
    }
    if (transaction === null || transaction.id !== id) {
      yield problem(line, 'malformed', `Part ${part} belongs to no transaction that was begun`);
      transaction = null;
    } else if (part === 'Z') {
      yield read(transaction);
      transaction = null;
    }
    section = [];
    transaction?.sections.set(part, section);
  }
  if (transaction !== null) yield problem(transaction.line, 'cut-short', 'The transaction has no end (part Z)');
};

function read({ line, sections }: Transaction): Entry {
  const head = trimmed(sections.get('B') ?? []);
  if (head.length === 0) return problem(line, 'no-request', 'The transaction has no request headers (part B)');
  const body = trimmed(sections.get('C') ?? []).join('\n');
  // What was logged of the body may be less than what was sent; its own length counts.
  const lengthless = head.filter((header) => !/^(?:content-length|transfer-encoding):/i.test(header));
  const attack = (sections.get('H') ?? []).some(
    (said) =>
      /^(?:Apache-Error|ModSecurity|Message): .*(?:Access denied|Warning)/.test(said) || said.startsWith('Message: '),
  );
  try {
    return request(line, parseRawRequest(Buffer.from(`${lengthless.join('\r\n')}\r\n\r\n${body}`, 'latin1'), false), {
      label: attack ? 'attack' : null,
      time: timeOf(sections.get('A') ?? []),
    });
  } catch (error) {
    if (error instanceof MalformedRequest) return problem(line, error.reason, `Not a request: ${error.message}`);
    throw error;
  }
}

/** Without the empty lines that end a section. */
function trimmed(section: readonly string[]): readonly string[] {
  return section.slice(0, section.findLastIndex((text) => text !== '') + 1);
}

function timeOf(section: readonly string[]): number | null {
  const matched = /\[(\d\d)\/(\w{3})\/(\d{4}):(\d\d:\d\d:\d\d)(?:\.\d+)? ([+-]\d{4})\]/.exec(section[0] ?? '');
  return matched === null
    ? null
    : Date.parse(`${matched[1]} ${matched[2]} ${matched[3]} ${matched[4]} GMT${matched[5]}`);
}
