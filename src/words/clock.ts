import { count } from './numbers.js';

/** `2026-11-28 14:03:12`, in UTC. @param zero second 0, ISO 8601 @param seconds after it */
export function dateAndTime(zero: string, seconds = 0): string {
  return new Date(Date.parse(zero) + seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

/** `2026-11-28 14:03`, in UTC, of an ISO 8601 time. */
export const dateAndMinute = (at: string): string => at.slice(0, 16).replace('T', ' ');

/** `14:03:12`, in UTC; `+1 d 00:12` on a later day than second 0; with the date on an earlier day. */
export function clockTime(zero: string, seconds: number): string {
  const [day = '', time = ''] = dateAndTime(zero, seconds).split(' ');
  const days = Math.round((Date.parse(day) - Date.parse(zero.slice(0, 10))) / 86_400_000);
  if (days < 0) return `${day} ${time}`;
  return days === 0 ? time : `+${days} d ${time.slice(0, 5)}`;
}

/** `at 14:03:12 UTC, 132 s after the start`, or `before the start`; without a known clock only the seconds. */
export function momentWords(zero: string | undefined, seconds: number): string {
  const after = `${count(Math.abs(seconds))} s ${seconds < 0 ? 'before' : 'after'} the start`;
  return zero === undefined ? after : `at ${clockTime(zero, seconds)} UTC, ${after}`;
}

/** `It happened at 14:03:12 UTC, 132 s after the start of r2-baseline.` */
export function happenedSentence(zero: string | undefined, seconds: number, trial: string): string {
  return `It happened ${momentWords(zero, seconds)} of ${trial}.`;
}
