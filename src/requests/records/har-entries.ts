import { LARGEST_RECORD, type Piece } from './records.js';
import { textOf } from './text.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
/** No key that is looked for is longer. */
const LONGEST_KEY = 16;

/** What a scan of a document found besides its entries. */
export interface Scanned {
  /** Whether a list of entries was found, empty or not. */
  listed: boolean;
  /** Whether the document ends before it is whole. */
  cutShort: boolean;
  /** The line of the scan, or the line on which an unfinished entry begins. */
  line: number;
}

/**
 * The entries of HTTP Archives, as bytes, without reading the whole document. Entries are the objects in a list called
 * `entries`, at any depth (`{"log": {"entries": [`, `{"entries": [`, a list of archives), or in a list that is the
 * document.
 */
export async function* harEntries(chunks: AsyncIterable<Buffer>, scanned: Scanned): AsyncGenerator<Piece> {
  const scan = new EntryScan(scanned);
  for await (const chunk of textOf(chunks)) yield* scan.feed(chunk);
  scan.end();
}

class EntryScan {
  readonly #scanned: Scanned;
  /** For each open list or object: whether it is a list of entries. */
  readonly #open: boolean[] = [];
  #inString = false;
  #escaped = false;
  #key: number[] = [];
  /** The key of the next value. */
  #named = '';
  /** The current entry, and the depth at which it ends. Lists that are the document need the first key of an entry. */
  #entry: { line: number; depth: number; parts: Buffer[]; size: number } | null = null;
  /** In a list that is the document: an object whose first key is not known yet. */
  #undecided = false;

  constructor(scanned: Scanned) {
    this.#scanned = scanned;
  }

  *feed(chunk: Buffer): Generator<Piece> {
    let from = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] as number;
      if (byte === LINE_FEED) this.#scanned.line++;
      if (this.#inString) this.#string(byte);
      else if (byte === QUOTE) {
        this.#inString = true;
        this.#key = [];
      } else if (byte === 0x3a) this.#colon();
      else if (byte === 0x7b || byte === 0x5b) {
        if (this.#opens(byte === 0x5b)) from = i;
      } else if (byte === 0x7d || byte === 0x5d) {
        this.#open.pop();
        if (this.#entry !== null && this.#open.length === this.#entry.depth) {
          yield pieceOf(this.#entry, chunk.subarray(from, i + 1));
          this.#entry = null;
        }
      }
    }
    if (this.#entry === null) return;
    this.#entry.size += chunk.length - from;
    if (this.#entry.size <= LARGEST_RECORD) this.#entry.parts.push(chunk.subarray(from));
    else this.#entry.parts.length = 0;
  }

  end(): void {
    this.#scanned.cutShort = this.#open.length > 0;
    if (this.#entry !== null) this.#scanned.line = this.#entry.line;
  }

  #string(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
    if (this.#inString && this.#key.length < LONGEST_KEY && this.#observes()) this.#key.push(byte);
  }

  /** Keys matter outside of entries, and in an entry that may be an archive. */
  #observes(): boolean {
    return this.#entry === null || this.#undecided;
  }

  #colon(): void {
    if (!this.#observes()) return;
    this.#named = String.fromCharCode(...this.#key);
    if (!this.#undecided) return;
    this.#undecided = false;
    // An archive in a list of archives: its entries are deeper.
    if (this.#named === 'log') this.#entry = null;
  }

  /** Whether an entry begins with this bracket. */
  #opens(isList: boolean): boolean {
    const depth = this.#open.length;
    const inEntries = this.#open.at(-1) === true;
    const lists = isList && this.#entry === null && (depth === 0 || this.#named === 'entries');
    this.#open.push(lists);
    this.#named = '';
    if (lists && depth > 0) this.#scanned.listed = true;
    if (isList || !inEntries || this.#entry !== null) return false;
    this.#scanned.listed = true;
    this.#undecided = depth === 1;
    this.#entry = { line: this.#scanned.line, depth, parts: [], size: 0 };
    return true;
  }
}

function pieceOf({ line, parts, size }: { line: number; parts: Buffer[]; size: number }, last: Buffer): Piece {
  const tooLong = size > LARGEST_RECORD;
  return { bytes: tooLong ? Buffer.alloc(0) : Buffer.concat([...parts, last]), line, tooLong };
}
