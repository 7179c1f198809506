import { seriesError } from '../series/index.js';

/** The longest line of a recording. A file with a longer one is not text. */
const LONGEST = 1_000_000;
/** Codes with which terminals set colours and clear the screen: `docker stats` prints them. */
// oxlint-disable-next-line no-control-regex
const TERMINAL_CODES = /\u001B\[[0-9;?]*[A-Za-z]/g;

export interface Line {
  readonly text: string;
  readonly number: number;
}

/**
 * Lines with their numbers, without terminal codes.
 * @throws SlopegateError SERIES_INVALID for a line that is too long
 */
export async function* linesOf(pieces: AsyncIterable<string>, file: string): AsyncGenerator<Line> {
  let rest = '';
  let number = 0;
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST) throw tooLong(file, number + lines.length + 1);
    for (const line of lines) yield { text: clean(line), number: (number += 1) };
  }
  if (rest !== '') yield { text: clean(rest), number: number + 1 };
}

function clean(line: string): string {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  return text.includes('\u001B') ? text.replace(TERMINAL_CODES, '') : text;
}

function tooLong(file: string, line: number): Error {
  return seriesError(
    `a line of more than ${LONGEST} characters`,
    `${file}:${line}:1`,
    'recordings have one reading a line; is this the right file?',
  );
}
