import { extname } from 'node:path';
import {
  exactRequest,
  MalformedRequest,
  newlines,
  problem,
  readRequest,
  request,
  splitAt,
  wholeOf,
  type Entry,
  type Format,
  type Piece,
  type TrafficFile,
} from '../requests/index.js';

const NUL = Buffer.from([0]);
/** blazehttp writes the label of a request into the extension of its file. */
const LABELS: Readonly<Record<string, string>> = { '.white': 'benign', '.black': 'attack' };

/** The requests of a file, one after the other. In a `.pkt` file there are NUL bytes between them. */
export const rawHttp: Format = async function* (source) {
  const ending = extname(source.file.replace(/\.gz$/, ''));
  if (ending === '.pkt') {
    for await (const piece of splitAt(source.chunks, NUL)) yield* read(piece, source, null);
    return;
  }
  yield* read(await wholeOf(source.chunks), source, LABELS[ending] ?? null);
};

function* read({ bytes, line, tooLong }: Piece, source: TrafficFile, label: string | null): Generator<Entry> {
  if (tooLong) yield problem(line, 'too-long', 'The request is too long');
  else if (bytes.toString('latin1').trim() === '') {
    // Nothing between two NUL bytes is not a problem. A file without any request is one.
    if (extname(source.file) !== '.pkt') yield problem(line, 'no-request', 'The file is empty');
  } else if (source.options.exact) yield rawEntry(bytes, line, { exact: true, label });
  else yield* requestsIn(bytes, line, label);
}

/** Every request in these bytes. After one that cannot be read, it is not known where the next one begins. */
function* requestsIn(bytes: Buffer, line: number, label: string | null): Generator<Entry> {
  let from = bytes.findIndex((byte) => byte !== 0x0d && byte !== 0x0a);
  let counted = 0;
  let at = line;
  while (from < bytes.length) {
    at += newlines(bytes, counted, from);
    counted = from;
    try {
      const { parts, notes, next } = readRequest(bytes, from);
      yield request(at, parts, { label, notes });
      from = next;
    } catch (error) {
      yield unreadable(error, at, true);
      return;
    }
  }
}

/** The request in these bytes, or the problem with them. */
export function rawEntry(
  bytes: Buffer,
  line: number,
  { exact, label = null, time = null }: { exact: boolean; label?: string | null; time?: number | null },
): Entry {
  try {
    if (exact) return request(line, exactRequest(bytes), { label, time });
    const { parts, notes, next } = readRequest(bytes);
    if (next < bytes.length) throw new MalformedRequest('another request follows it', 'contradiction');
    return request(line, parts, { label, time, notes });
  } catch (error) {
    return unreadable(error, line, !exact);
  }
}

function unreadable(error: unknown, line: number, couldBeExact: boolean): Entry {
  if (!(error instanceof MalformedRequest)) throw error;
  const remedy = couldBeExact && error.reason !== 'malformed' ? '; --exact keeps its bytes as they are' : '';
  return problem(line, error.reason, `Not a request: ${error.message}${remedy}`);
}
