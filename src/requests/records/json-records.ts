import { LARGEST_RECORD, type Piece } from './records.js';
import { textOf } from './text.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
interface Begun {
  readonly line: number;
  readonly parts: Buffer[];
  size: number;
}

const SPACES = new Set([0x20, 0x09, 0x0d]);
/** `{`, `[` and `,`: if an object is written over several lines, its first line ends with one of them. */
const GOES_ON = new Set([0x7b, 0x5b, 0x2c]);

/**
 * The JSON objects of a log: one per line, or over several lines. Text before an object (a time, a host) is ignored. A
 * broken object ends with its line, so that the next one can be read.
 */
export async function* jsonRecords(chunks: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  const scan = new RecordScan();
  for await (const chunk of textOf(chunks)) yield* scan.feed(chunk);
  yield* scan.end();
}

class RecordScan {
  #line = 1;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** The last byte of the line that is not a space. */
  #last = 0;
  /** Whether the next byte is the first of its line. */
  #fresh = true;
  /** Whether the line has text but no object. */
  #unread = false;
  #record: Begun | null = null;

  *feed(chunk: Buffer): Generator<Piece> {
    let from = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] as number;
      if (byte === LINE_FEED) {
        if (this.#record === null) yield* this.#textAlone();
        else if (this.#inString || !this.#goesOn()) yield* this.#finish(chunk.subarray(from, i));
        this.#line++;
        this.#last = 0;
        this.#fresh = true;
        this.#unread = false;
        continue;
      }
      if (this.#record === null) {
        if (byte !== 0x7b) {
          this.#unread ||= !SPACES.has(byte);
          this.#fresh = false;
          continue;
        }
        this.#record = { line: this.#line, parts: [], size: 0 };
        this.#depth = 0;
        from = i;
      } else if (byte === 0x7b && this.#fresh && !this.#inString) {
        // Inside an object over several lines, other objects are indented.
        yield* this.#finish(chunk.subarray(from, i));
        this.#record = { line: this.#line, parts: [], size: 0 };
        from = i;
      }
      if (!SPACES.has(byte)) this.#last = byte;
      this.#fresh = false;
      if (this.#advance(byte)) yield* this.#finish(chunk.subarray(from, i + 1));
    }
    if (this.#record === null) return;
    this.#record.size += chunk.length - from;
    if (this.#record.size <= LARGEST_RECORD) this.#record.parts.push(chunk.subarray(from));
    else this.#record.parts.length = 0;
  }

  *end(): Generator<Piece> {
    if (this.#record !== null) yield* this.#finish(Buffer.alloc(0));
    else yield* this.#textAlone();
  }

  /** Whether the object ends with this byte. */
  #advance(byte: number): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#inString = false;
    } else if (byte === QUOTE) this.#inString = true;
    else if (byte === 0x7b || byte === 0x5b) this.#depth++;
    else if (byte === 0x7d || byte === 0x5d) return --this.#depth === 0;
    return false;
  }

  /** Whether the object may continue on the next line: its first line ends where JSON may have a line break. */
  #goesOn(): boolean {
    return this.#last === 0 || GOES_ON.has(this.#last) || this.#record?.line !== this.#line;
  }

  *#finish(last: Buffer): Generator<Piece> {
    const { line, parts, size } = this.#record as Begun;
    const tooLong = size > LARGEST_RECORD;
    [this.#record, this.#depth, this.#inString, this.#escaped, this.#unread] = [null, 0, false, false, false];
    yield { bytes: tooLong ? Buffer.alloc(0) : Buffer.concat([...parts, last]), line, tooLong };
  }

  /** A line with text and no object is a record that cannot be read. */
  *#textAlone(): Generator<Piece> {
    if (this.#unread) yield { bytes: Buffer.alloc(0), line: this.#line, tooLong: false };
  }
}
