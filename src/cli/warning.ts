import type { Output } from '../model/index.js';
import { inert } from './inert.js';
import { palette } from './palette.js';

/** The line of a warning, without its end: the coloured word, then the text made harmless for a terminal. */
export function warningLine(output: Output, text: string): string {
  return `${palette(output).yellow('warning')} ${inert(text)}`;
}
