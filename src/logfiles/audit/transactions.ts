import { LARGEST_RECORD, problem, splitAt, textOf, type Problem } from '../../requests/index.js';

/** The start of a section: `--4a1f-A--` (ModSecurity 2) and `---aB3d---A--` (libmodsecurity). */
const BOUNDARY = /^(-{2,3})([0-9a-zA-Z]+)-{1,3}([A-K]|Z)--(\r?)$/;
const LONGEST_BOUNDARY = 100;
const TIME = /^\[\d\d\/\w{3}\/\d{4}:/;
/** Memory that a kept line needs in addition to its bytes. */
const LINE_COST = 120;
const LINE_FEED = Buffer.from('\n');

/** A transaction of a native audit log: the lines of each part, without the LF at their ends. */
export interface Transaction {
  readonly id: string;
  readonly line: number;
  /** Whether libmodsecurity wrote it; it ends a body with two line breaks. */
  readonly third: boolean;
  /** Whether the lines of the log end with CR LF, as after a copy through Windows. */
  readonly crlf: boolean;
  readonly parts: Map<string, Buffer[]>;
}

interface Begun {
  readonly line: number;
  readonly text: Buffer;
  readonly match: RegExpExecArray;
}

/**
 * The transactions of a native audit log. Only boundaries with the id of the transaction end its parts, because a body
 * may contain lines that look like boundaries.
 */
export async function* transactionsOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Transaction | Problem> {
  const reading = new Reading();
  for await (const { bytes, line, tooLong } of splitAt(textOf(chunks), LINE_FEED))
    yield* reading.read(bytes, line, tooLong);
  yield* reading.end();
}

class Reading {
  #current: Transaction | null = null;
  #part: Buffer[] = [];
  #size = 0;
  /**
   * A boundary that looks like part A of another transaction. It is one if a time follows; otherwise it is a line of a
   * body.
   */
  #begun: Begun | null = null;
  /** Parts without a beginning were already reported. */
  #told = false;

  *read(text: Buffer, line: number, tooLong: boolean): Generator<Transaction | Problem> {
    if (this.#begun !== null) {
      const begun = this.#begun;
      this.#begun = null;
      if (TIME.test(text.toString('latin1', 0, 40))) {
        yield* this.#unfinished();
        this.#begin(begun);
      } else yield* this.#hold(begun.text, false);
    }
    const match = text.length > LONGEST_BOUNDARY ? null : BOUNDARY.exec(text.toString('latin1'));
    if (match === null) return yield* this.#hold(text, tooLong);
    const [, , id, part = ''] = match;
    if (part === 'A') {
      if (this.#current === null) this.#begin({ line, text, match });
      else this.#begun = { line, text, match };
    } else if (this.#current === null) {
      if (!this.#told) yield problem(line, 'malformed', `Part ${part} belongs to no transaction`);
      this.#told = true;
    } else if (this.#current.id !== id) yield* this.#hold(text, tooLong);
    else if (part === 'Z') {
      yield this.#current;
      this.#current = null;
    } else {
      this.#part = [];
      this.#current.parts.set(part, this.#part);
    }
    return undefined;
  }

  *end(): Generator<Problem> {
    yield* this.#unfinished();
    if (this.#begun !== null) yield problem(this.#begun.line, 'cut-short', 'The transaction has no end (part Z)');
  }

  #begin({ line, match }: Begun): void {
    const [, dashes = '', id = '', , cr] = match;
    this.#part = [];
    this.#current = { id, line, third: dashes.length === 3, crlf: cr !== '', parts: new Map([['A', this.#part]]) };
    [this.#size, this.#told] = [0, false];
  }

  *#hold(text: Buffer, tooLong: boolean): Generator<Problem> {
    if (this.#current === null) return;
    this.#size += text.length + LINE_COST;
    if (!tooLong && this.#size <= LARGEST_RECORD) {
      this.#part.push(this.#current.crlf && text.at(-1) === 0x0d ? text.subarray(0, -1) : text);
      return;
    }
    yield problem(this.#current.line, 'too-long', 'The transaction is too long');
    [this.#current, this.#told] = [null, true];
  }

  *#unfinished(): Generator<Problem> {
    if (this.#current !== null) yield problem(this.#current.line, 'cut-short', 'The transaction has no end (part Z)');
    this.#current = null;
  }
}
