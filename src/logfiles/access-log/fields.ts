import type { LOG_FIELDS } from '../../model/index.js';

/** The part of a request that a log line has. `header:Name` is any header. Values are byte strings. */
export type LogField = (typeof LOG_FIELDS)[number] | `header:${string}`;

export type Fields = ReadonlyMap<LogField, string>;

/** The result for a line that is a comment and not a record. */
export const COMMENT: Fields = new Map();

/** Reads a line; null if it has another format. */
export type LineReader = (line: string) => Fields | null;

/** `x_forwarded_for` → `header:X-Forwarded-For`. */
export function headerField(name: string): LogField {
  const spelled = name
    .replaceAll('_', '-')
    .replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
  return `header:${spelled}`;
}

/** Whether logs write this value for "nothing". */
export function isNothing(value: string): boolean {
  return value === '' || value === '-';
}

/**
 * Milliseconds since 1970, from the forms in which logs write a time; without a zone it is UTC. NaN if there is no
 * time.
 */
export function timeOf(fields: Fields): number {
  const [date, time = ''] = [fields.get('date'), fields.get('time')];
  if (date !== undefined) return Date.parse(`${date}T${time}Z`);
  if (/^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(time)) return sinceEpoch(Number(time));
  const log = /^(\d\d)\/(\w{3})\/(\d{4}):(\d\d:\d\d:\d\d)(\.\d+)?(?: ([+-]\d{4}))?$/.exec(time);
  if (log === null) return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time.replace(' ', 'T')}Z`);
  const [, day, month, year, clock, fraction = '.0', zone = '+0000'] = log;
  return Date.parse(`${day} ${month} ${year} ${clock} GMT${zone}`) + Math.round(Number(fraction) * 1000);
}

/** Seconds, milliseconds, microseconds or nanoseconds, recognised by their size. */
function sinceEpoch(number: number): number {
  const [unit] = [1e11, 1e14, 1e17].flatMap((limit, i) => (number < limit ? [1000 / 1000 ** i] : []));
  return Math.round(number * (unit ?? 1e-6));
}
