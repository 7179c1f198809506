/** Where the body of a response ends (RFC 9112, section 6.3). */
type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'close' };

export interface ResponseHead {
  readonly status: number;
  readonly framing: Framing;
  /** Whether the connection can carry another request afterwards. */
  readonly keepAlive: boolean;
}

const STATUS_LINE = /^HTTP\/(\d)\.(\d) (\d{3})(?: |$)/;

/** Reads a status line and header section (without the empty line); null if it is not HTTP or contradicts itself. */
export function parseResponseHead(text: string, requestMethod: string): ResponseHead | null {
  const [statusLine = '', ...lines] = text.split('\n');
  const matched = STATUS_LINE.exec(statusLine.trimEnd());
  if (matched === null) return null;
  const status = Number(matched[3]);
  let lengths = '';
  let codings = '';
  let connection = '';
  for (const line of lines) {
    const colon = line.indexOf(':');
    // Only three headers matter. Their names differ in length, so the length is compared first.
    if (colon === 14 && line.slice(0, 14).toLowerCase() === 'content-length') lengths += `,${line.slice(15)}`;
    else if (colon === 17 && line.slice(0, 17).toLowerCase() === 'transfer-encoding') codings += `,${line.slice(18)}`;
    else if (colon === 10 && line.slice(0, 10).toLowerCase() === 'connection')
      connection += `,${line.slice(11).toLowerCase()}`;
  }
  const framing = framingOf(status, requestMethod, tokens(lengths), tokens(codings.toLowerCase()));
  if (framing === null) return null;
  const options = tokens(connection);
  const persistent =
    matched[1] === '1' && matched[2] !== '0' ? !options.includes('close') : options.includes('keep-alive');
  return { status, framing, keepAlive: persistent && framing.kind !== 'close' && status !== 101 };
}

function framingOf(
  status: number,
  method: string,
  lengths: readonly string[],
  codings: readonly string[],
): Framing | null {
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return { kind: 'none' };
  if (codings.length > 0) return codings.at(-1) === 'chunked' ? { kind: 'chunked' } : { kind: 'close' };
  if (lengths.length === 0) return { kind: 'close' };
  if (lengths.some((length) => !/^\d{1,15}$/.test(length)) || new Set(lengths.map(Number)).size > 1) return null;
  const length = Number(lengths[0]);
  return length === 0 ? { kind: 'none' } : { kind: 'length', length };
}

function tokens(list: string): readonly string[] {
  if (list === '') return [];
  return list
    .split(',')
    .map((token) => token.trim())
    .filter((token) => token !== '');
}
