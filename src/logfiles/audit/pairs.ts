import { toByteString } from '../../traffic/bytes.js';

/** The members of a JSON object in their order, including equal names. */
export type Pairs = readonly (readonly [name: string, value: unknown])[];

/** Objects with this name are read as pairs. */
const PAIRED = 'headers';

/** A token: a string without its quotation marks, a bracket or a comma, or a word. */
interface Token {
  readonly string?: string;
  readonly mark?: string;
  readonly word?: string;
}

const SPACES = ' \t\r\n';
const MARKS = '{}[]:,';

/**
 * Parses JSON, given as a byte string. Objects called `headers` become lists of pairs, because JSON.parse keeps only
 * the last of equal names. Texts are byte strings, so that bytes that are not UTF-8 are not lost. Numbers are the text
 * as it is written.
 * @throws SyntaxError
 */
export function parseWithPairs(text: string): unknown {
  const parser = new Parser(text);
  const value = parser.value('');
  parser.end();
  return value;
}

/** No audit log is deeper than this. */
const DEEPEST = 200;

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  end(): void {
    if (this.#text.slice(this.#at).trim() !== '') throw new SyntaxError('more than one value');
  }

  value(name: string): unknown {
    const { string, mark, word } = this.#next();
    if (string !== undefined) return unescaped(string);
    if (mark === '{')
      return this.#nested(() => (name === PAIRED ? this.#members() : Object.fromEntries(this.#members())));
    if (mark === '[') return this.#nested(() => this.#items());
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    if (word !== undefined && /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word)) return word;
    throw new SyntaxError('not a value');
  }

  #members(): (readonly [string, unknown])[] {
    const members: (readonly [string, unknown])[] = [];
    if (this.#skip('}')) return members;
    do {
      const { string: name } = this.#next();
      if (name === undefined || !this.#skip(':')) throw new SyntaxError('not a member');
      const key = unescaped(name);
      members.push([key, this.value(key)]);
    } while (this.#skip(','));
    if (!this.#skip('}')) throw new SyntaxError('an object has no end');
    return members;
  }

  #items(): unknown[] {
    const items: unknown[] = [];
    if (this.#skip(']')) return items;
    do items.push(this.value(''));
    while (this.#skip(','));
    if (!this.#skip(']')) throw new SyntaxError('a list has no end');
    return items;
  }

  #nested<Read>(read: () => Read): Read {
    if (++this.#depth > DEEPEST) throw new SyntaxError('too deep');
    const value = read();
    this.#depth--;
    return value;
  }

  #next(): Token {
    this.#skipSpaces();
    const from = this.#at;
    const first = this.#text[from];
    if (first === undefined) throw new SyntaxError('it ends too early');
    if (first === '"') {
      this.#at = endOfString(this.#text, from + 1);
      return { string: this.#text.slice(from + 1, this.#at++) };
    }
    if (MARKS.includes(first)) {
      this.#at++;
      return { mark: first };
    }
    while (this.#at < this.#text.length && !`${SPACES}${MARKS}"`.includes(this.#text[this.#at] as string)) this.#at++;
    return { word: this.#text.slice(from, this.#at) };
  }

  #skip(mark: string): boolean {
    this.#skipSpaces();
    if (this.#text[this.#at] !== mark) return false;
    this.#at++;
    return true;
  }

  #skipSpaces(): void {
    while (SPACES.includes(this.#text[this.#at] ?? 'x')) this.#at++;
  }
}

/** The place of the closing quotation mark. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\' && end - 1 - backslashes >= from) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  throw new SyntaxError('a string has no end');
}

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?|([^u]))/g;
const LETTERS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Escaped characters become their bytes in UTF-8. */
function unescaped(string: string): string {
  if (!string.includes('\\')) return string;
  return string.replace(ESCAPE, (_, high?: string, low?: string, letter?: string) => {
    if (high === undefined) return LETTERS[letter ?? ''] ?? letter ?? '';
    const units = [high, ...(low === undefined ? [] : [low])].map((hex) => Number.parseInt(hex, 16));
    return toByteString(String.fromCharCode(...units));
  });
}
