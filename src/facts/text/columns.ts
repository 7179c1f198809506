/** Text in columns for a terminal. Widths are counted in what a reader sees as one letter. */
const LETTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

function lettersOf(text: string): string[] {
  return Array.from(LETTERS.segment(text), ({ segment }) => segment);
}

export function widthOf(text: string): number {
  return lettersOf(text).length;
}

/** Shortens to `width` with an ellipsis in the middle, because the ends of long names differ most. */
export function clip(text: string, width: number): string {
  const letters = lettersOf(text);
  if (letters.length <= width) return text;
  if (width < 3) return letters.slice(0, Math.max(0, width)).join('');
  const tail = Math.floor((width - 1) / 2);
  return [...letters.slice(0, width - 1 - tail), '…', ...letters.slice(letters.length - tail)].join('');
}

/** Splits a word into pieces of at most `room` letters. */
function pieces(word: string, room: number): string[] {
  const letters = lettersOf(word);
  return Array.from({ length: Math.max(1, Math.ceil(letters.length / room)) }, (_, index) =>
    letters.slice(index * room, (index + 1) * room).join(''),
  );
}

/** Breaks lines at spaces (never between a number and its %), and inside words that are longer than a line. */
export function wrap(text: string, width: number, first: string, rest: string): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  const room = Math.max(10, width - Math.max(widthOf(first), widthOf(rest)));
  const words = text.split(/ (?!%)/).flatMap((word) => pieces(word, room));
  for (const word of words) {
    if (!empty && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

/** Between two columns. */
export const COLUMN_GAP = '  ';

/**
 * Cells of equal width in each column. The first two columns are words and begin at the left; numbers end at the right.
 */
export function aligned(rows: readonly (readonly string[])[]): string[][] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  return rows.map((row) =>
    row.map((cell, column) => {
      const padding = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
      return column < 2 ? cell + padding : padding + cell;
    }),
  );
}

/** The same as lines. */
export function table(rows: readonly (readonly string[])[]): string[] {
  return aligned(rows).map((cells) => cells.join(COLUMN_GAP));
}
