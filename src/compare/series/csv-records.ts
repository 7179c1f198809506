/** One field and where it begins in its file. */
export interface Field {
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly quoted: boolean;
}

export type Delimiter = ',' | ';' | '\t';

/** Comma, semicolon or tab: whichever a header line holds most of outside quotes. */
export function delimiterOf(header: string): Delimiter {
  const bare = header.replace(/"[^"]*"?/g, '');
  const count = (delimiter: Delimiter): number => bare.split(delimiter).length;
  return (['\t', ';'] as const).find((delimiter) => count(delimiter) > count(',')) ?? ',';
}

/**
 * Splits text that arrives in pieces into CSV records (RFC 4180: quotes, doubled quotes, line breaks inside quotes; LF,
 * CRLF or CR).
 * A byte-order mark is dropped, blank lines and lines that begin with `#` are skipped; both keep counting as lines.
 */
export class CsvSplitter {
  readonly #delimiter: Delimiter;
  readonly #onRecord: (fields: readonly Field[]) => void;
  #line = 1;
  #column = 1;
  #fields: Field[] = [];
  #text = '';
  #start = { line: 1, column: 1 };
  #state: 'start' | 'plain' | 'quoted' | 'closed' | 'comment' = 'start';
  #afterReturn = false;

  constructor(delimiter: Delimiter, onRecord: (fields: readonly Field[]) => void) {
    this.#delimiter = delimiter;
    this.#onRecord = onRecord;
  }

  push(chunk: string): void {
    for (const character of chunk) this.#read(character);
  }

  end(): void {
    this.#endRecord();
  }

  #read(character: string): void {
    const lineFeedOfPair = this.#afterReturn && character === '\n';
    this.#afterReturn = character === '\r';
    if (lineFeedOfPair) {
      if (this.#state === 'quoted') this.#text += '\n';
      return;
    }
    if (character === '\uFEFF' && this.#line === 1 && this.#column === 1) return;
    this.#take(character);
    if (character === '\n' || character === '\r') {
      this.#line += 1;
      this.#column = 1;
    } else this.#column += 1;
    if (this.#state === 'start') this.#start = { line: this.#line, column: this.#column };
  }

  #take(character: string): void {
    if (this.#state === 'quoted') {
      if (character === '"') this.#state = 'closed';
      else this.#text += character;
    } else if (character === '\n' || character === '\r') this.#endRecord();
    else if (this.#state === 'comment') return;
    else if (character === this.#delimiter) this.#endField();
    else if (character === '"' && this.#state === 'start') this.#state = 'quoted';
    else if (character === '"' && this.#state === 'closed') {
      this.#text += '"';
      this.#state = 'quoted';
    } else if (character === '#' && this.#state === 'start' && this.#fields.length === 0) this.#state = 'comment';
    else {
      this.#text += character;
      if (this.#state === 'start') this.#state = 'plain';
    }
  }

  #endField(): void {
    const quoted = this.#state === 'closed' || this.#state === 'quoted';
    this.#fields.push({ text: this.#text.trim(), ...this.#start, quoted });
    this.#text = '';
    this.#state = 'start';
  }

  #endRecord(): void {
    if (this.#state !== 'comment') this.#endField();
    const fields = this.#fields;
    this.#fields = [];
    this.#text = '';
    this.#state = 'start';
    if (fields.length > 1 || fields[0]?.quoted || (fields[0]?.text ?? '') !== '') this.#onRecord(fields);
  }
}
