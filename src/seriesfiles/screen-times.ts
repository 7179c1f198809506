import { instantOf } from '../series/index.js';

const DECORATION = /^[\s\-=*#[\]]+|[\s\-=*#[\]]+$/g;
const LABEL = /^(?:time|timestamp|date|at|now)\s*[:=]\s*/i;
const EPOCH = /^\d{9,19}(?:\.\d+)?$/;
const IN_FRONT = [
  /^\[?(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2})?)\]?[\s,]+(?=\S)/,
  /^(\d{1,2}:\d{2}:\d{2}(?: [AP]M)?)\s+(?=\S)/,
];

/** The time on a line of its own, as `date` prints it between two tables; null for any other line. */
export function timeOfLine(line: string): string | null {
  const text = line.replace(DECORATION, '').replace(LABEL, '');
  return EPOCH.test(text) || instantOf(text) !== null ? text : null;
}

/** The time in front of a row, and the row without it. */
export function leadingTime(line: string): { readonly time: string | null; readonly rest: string } {
  for (const pattern of IN_FRONT) {
    const [whole, time] = pattern.exec(line.trimStart()) ?? [];
    if (whole !== undefined && time !== undefined) return { time, rest: line.trimStart().slice(whole.length) };
  }
  return { time: null, rest: line };
}
