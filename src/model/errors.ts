import { ERROR_EXITS, type ErrorCode, type ExitCode } from './error-codes.js';
import type { InputFault } from './fault.js';

export interface ErrorDetails {
  readonly hint?: string;
  readonly cause?: unknown;
  /** Where in the user's input: `file:line:column`. */
  readonly location?: string;
  /** Everything that was found at once, where an input was looked through to its end. */
  readonly faults?: readonly InputFault[];
}

export class SlopegateError extends Error {
  override readonly name = 'SlopegateError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly location: string | undefined;
  readonly faults: readonly InputFault[];

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.location = details.location;
    this.faults = details.faults ?? [];
  }

  get exitCode(): ExitCode {
    return ERROR_EXITS[this.code];
  }
}
