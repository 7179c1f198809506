import type { ErrorCode } from './error-codes.js';
import type { FaultKind } from './fault-kind.js';

/** A place in a file of the user. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The line itself, without its end. */
  readonly text: string;
}

/** One thing that is wrong in a file of the user, or that its author should know. */
export interface InputFault {
  readonly code: ErrorCode;
  /** What is wrong, more exactly than `code`; absent if the fault is not about a part of a file. */
  readonly kind?: FaultKind;
  /** A file with warnings alone can still be run. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** What another program said, if the fault comes from there. */
  readonly cause?: string;
  /** What to write instead. */
  readonly hint: string | null;
  readonly place: Place | null;
}

/** `file:line:column`, as editors and terminals understand it. */
export const locationOf = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;

/** The place in an error's location, which may be only a file. */
export function placeOfLocation(location: string | undefined): Place | null {
  if (location === undefined) return null;
  const [, file = location, line = '1', column = '1'] = /^(.*?):(\d+)(?::(\d+))?$/.exec(location) ?? [];
  return { file, line: Number(line), column: Number(column), text: '' };
}
