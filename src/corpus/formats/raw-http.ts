import { extname } from 'node:path';
import { problem, request, type Entry, type Format, type Source } from '../entry.js';
import { MalformedRequest, parseRawRequest } from '../raw-request.js';
import { splitAt, wholeOf, type Piece } from '../records.js';

const NUL = Buffer.from([0]);
/** blazehttp keeps the label of a request in the ending of its file. */
const LABELS: Readonly<Record<string, string>> = { '.white': 'benign', '.black': 'attack' };

/** One request per file; in a `.pkt` file any number of them, with NUL bytes in between. */
export const rawHttp: Format = async function* (source) {
  const ending = extname(source.file.replace(/\.gz$/, ''));
  if (ending === '.pkt') {
    for await (const piece of splitAt(source.chunks, NUL)) yield* read(piece, source, null);
    return;
  }
  yield* read(await wholeOf(source.chunks), source, LABELS[ending] ?? null);
};

function* read({ bytes, line, tooLong }: Piece, source: Source, label: string | null): Generator<Entry> {
  if (tooLong) yield problem(line, 'too-long', 'The request is too long');
  else if (bytes.toString('latin1').trim() !== '') yield rawEntry(bytes, line, { exact: source.options.exact, label });
}

/** The request in these bytes, or the problem with them. */
export function rawEntry(
  bytes: Buffer,
  line: number,
  { exact, label = null, time = null }: { exact: boolean; label?: string | null; time?: number | null },
): Entry {
  try {
    return request(line, parseRawRequest(bytes, exact), { label, time });
  } catch (error) {
    if (error instanceof MalformedRequest) return problem(line, error.reason, `Not a request: ${error.message}`);
    throw error;
  }
}
