import { locationOf, type InputFault, type Place } from '../model/index.js';
import { inert } from './inert.js';
import type { palette } from './palette.js';

/** Longer lines are cut around the caret. */
const WIDTH = 100;

/** A fault for people: its place, what is wrong, the line with a caret, and what to write instead. */
export function faultText(
  { place, severity, code, message, cause, hint }: InputFault,
  colours: ReturnType<typeof palette>,
): string {
  const word = severity === 'error' ? colours.red('error') : colours.yellow('warning');
  return [
    ...(place === null ? [] : [colours.bold(inert(locationOf(place)))]),
    `${word} ${code}: ${inert(message)}`,
    ...(place === null ? [] : excerpt(place)),
    ...(cause === undefined ? [] : [`  cause: ${inert(cause)}`]),
    ...(hint === null ? [] : [`  hint: ${inert(hint)}`]),
    '',
  ].join('\n');
}

function excerpt({ line, column, text }: Place): string[] {
  if (text.trim() === '') return [];
  const from = Math.max(0, Math.min(column - 1 - WIDTH / 2, text.length - WIDTH));
  const shown = printable(text.slice(from, from + WIDTH));
  const number = String(line);
  return [`  ${number} | ${shown}`, `  ${' '.repeat(number.length)} | ${' '.repeat(Math.max(0, column - 1 - from))}^`];
}

/** Control characters, and characters that change the direction of text. Each is replaced by a space. */
const UNSAFE = /\p{Cc}|[\u2028-\u202e\u2066-\u2069]/gu;

/** Text without anything that a terminal would execute, with one column per character. */
const printable = (text: string): string => text.replace(UNSAFE, ' ');
