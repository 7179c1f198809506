import { ERROR_EXITS, type ErrorCode, type ExitCode } from './error-codes.js';
import type { InputFault } from './fault.js';

export interface ErrorDetails {
  readonly hint?: string | undefined;
  /** The error behind this one. What it says is shown on a line of its own. */
  readonly cause?: unknown;
  /** The error behind this one. The message ends with what it says: `Cannot write a.json: no space left`. */
  readonly because?: unknown;
  /** What another program said, for a line of its own. By default it is what the cause says. */
  readonly reason?: string | null;
  /** Place in the user's input: `file:line:column`. */
  readonly location?: string | undefined;
  /** All faults that were found, if an input was read to its end. */
  readonly faults?: readonly InputFault[];
}

export class SlopegateError extends Error {
  override readonly name = 'SlopegateError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  /** What another program said, if the message does not say it. */
  readonly reason: string | null;
  readonly location: string | undefined;
  readonly faults: readonly InputFault[];

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    const { because, cause = because } = details;
    super(
      because === undefined ? message : `${message}: ${said(because)}`,
      cause === undefined ? undefined : { cause },
    );
    this.code = code;
    this.hint = details.hint;
    const heard = because === undefined && cause instanceof Error ? cause.message : null;
    this.reason = details.reason === undefined ? heard : details.reason;
    this.location = details.location;
    this.faults = details.faults ?? [];
  }

  get exitCode(): ExitCode {
    return ERROR_EXITS[this.code];
  }

  /** The same error, with another message, reason, hint or cause. */
  with(changes: Pick<ErrorDetails, 'hint' | 'reason' | 'cause'> & { readonly message?: string }): SlopegateError {
    const { code, message, hint, reason, cause, location, faults } = this;
    const { message: text, ...details } = { message, hint, reason, cause, location, faults, ...changes };
    return new SlopegateError(code, text, details);
  }
}

function said(because: unknown): string {
  return because instanceof Error ? because.message : String(because);
}
