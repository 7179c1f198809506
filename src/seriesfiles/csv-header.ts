import { instantOf, measureOf } from '../series/index.js';

export type Delimiter = ',' | ';' | '\t' | '|';

/** Where the table of a CSV file begins, and what separates its cells. */
export interface CsvHead {
  readonly delimiter: Delimiter;
  /** Line of the header, or of the first row if there is no header. */
  readonly line: number;
  readonly hasHeader: boolean;
  /** The header is a comment: `# time,rss`. */
  readonly commented: boolean;
}

const DELIMITERS: readonly Delimiter[] = ['\t', ';', ',', '|'];
/** Titles above a header are at most this long. */
const MOST_TITLES = 30;

/** Finds the header of CSV in the first lines of a file; null if no delimiter separates them. */
export function csvHead(lines: readonly string[]): CsvHead | null {
  const rows = lines
    .map((text, index) => ({ text: text.replace(/^\uFEFF/, ''), line: index + 1 }))
    .filter(({ text }) => text.trim() !== '');
  const plain = rows.filter(({ text }) => !text.startsWith('#'));
  for (const [n, { text, line }] of plain.slice(0, MOST_TITLES).entries()) {
    const delimiter = delimiterOf(text);
    if (delimiter === null) continue;
    const next = plain[n + 1];
    if (
      next !== undefined &&
      fieldsOf(next.text, delimiter).length < fieldsOf(text, delimiter).length - 1 &&
      n < plain.length - 2
    )
      continue;
    if (!looksLikeData(fieldsOf(text, delimiter))) return { delimiter, line, hasHeader: true, commented: false };
    return commentedHead(rows, line, text, delimiter) ?? { delimiter, line, hasHeader: false, commented: false };
  }
  return null;
}

/** A comment directly above the first row, with the same number of fields, is its header. */
function commentedHead(
  rows: readonly { text: string; line: number }[],
  first: number,
  row: string,
  delimiter: Delimiter,
): CsvHead | null {
  const above = rows.findLast(({ line }) => line < first);
  if (above === undefined || !above.text.startsWith('#')) return null;
  const fields = fieldsOf(above.text, delimiter);
  if (fields.length !== fieldsOf(row, delimiter).length || looksLikeData(fields)) return null;
  return { delimiter, line: above.line, hasHeader: true, commented: true };
}

/** The sign that gives the most fields. A tab and a semicolon come before a comma, which may be a decimal sign. */
function delimiterOf(line: string): Delimiter | null {
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, fields: fieldsOf(line, delimiter).length }));
  const best = counts.reduce((a, b) => (b.fields > a.fields ? b : a));
  const semicolons = counts.find(({ delimiter }) => delimiter === ';');
  if (best.fields < 2) return null;
  return semicolons !== undefined &&
    semicolons.fields > 1 &&
    best.delimiter === ',' &&
    looksLikeData(fieldsOf(line, ';'))
    ? ';'
    : best.delimiter;
}

/** Fields outside of quotes: enough to count them and look at them. */
export function fieldsOf(line: string, delimiter: Delimiter): string[] {
  const fields = [''];
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === delimiter && !quoted) fields.push('');
    else fields[fields.length - 1] += character;
  }
  return fields;
}

function looksLikeData(fields: readonly string[]): boolean {
  return fields.some((field) => {
    const text = field.trim();
    return text !== '' && (instantOf(text) !== null || measureOf(text, 'auto') !== null);
  });
}
