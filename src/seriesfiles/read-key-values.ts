import { instantOf, Table, type Decimal } from '../series/index.js';
import type { Line } from './lines.js';

const PAIR = /([A-Za-z_@%][\w.\-()%]*)["']?\s*[:=]\s*["']?([+-]?\d[\d_.,]*(?:\s?(?:[KMGT]i?B?|bytes|B))?(?![\w:-]))/g;
const IN_BRACKETS = /^\s*\[([^\]]+)\]/;
const LEADING_TIME =
  /^\s*\[?(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2})?|\d{1,2}:\d{2}:\d{2}(?:\.\d+)?)\]?/;
const NAMED_TIME =
  /\b(?:time|ts|timestamp|at)["']?\s*[:=]\s*["']?(\d{4}-\d{2}-\d{2}[T ][\d:.,]+(?:Z|[+-]\d{2}:?\d{2})?)/i;

/**
 * Whether a line has two or more names with numbers, such as `rss: 49356800, heapUsed: 4935680` or `rss=49356800
 * fds=30`.
 */
export function holdsPairs(text: string): boolean {
  return [...text.matchAll(PAIR)].length >= 2;
}

/**
 * Reads logs of names with numbers: `console.log(process.memoryUsage())` of Node on one line or several, and `time=…
 * rss=…`. A new reading begins at a line that begins with a time, at a repeated name, and after a closing brace.
 */
export async function readKeyValues(lines: AsyncIterable<Line>, file: string, decimal: Decimal): Promise<Table> {
  const table = new Table(file, 'lines of names with numbers', decimal);
  let cells = new Map<string, string>();
  let at = 1;
  let time: string | null = null;
  const flush = (): void => {
    if (cells.size > 0) table.addRecord(time === null ? cells : new Map([['time', time], ...cells]), at);
    cells = new Map();
  };
  for await (const { text, number } of lines) {
    const stamp = [IN_BRACKETS, LEADING_TIME, NAMED_TIME]
      .map((pattern) => pattern.exec(text)?.[1])
      .find((found) => found !== undefined && instantOf(found) !== null);
    if (stamp !== undefined) {
      flush();
      time = stamp;
    }
    for (const [, name = '', value = ''] of text.matchAll(PAIR)) {
      if (cells.has(name)) flush();
      if (cells.size === 0) at = number;
      cells.set(name, value.replace(/[,.]$/, ''));
    }
    if (/^\s*}/.test(text)) flush();
  }
  flush();
  return table;
}
