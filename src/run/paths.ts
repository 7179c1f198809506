import { isAbsolute, relative } from 'node:path';

/** A path as a person would type it: relative if it lies below the current folder, otherwise absolute. */
export function shownPath(cwd: string, path: string): string {
  const short = relative(cwd, path);
  return short === '' || short.startsWith('..') || isAbsolute(short) ? path : short;
}
