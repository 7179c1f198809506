import { type ErrorCode } from './error-codes.js';
import { SlopegateError } from './errors.js';
import type { NoFacts, Stated } from './stated.js';

/** Why a trial did not end as planned, or why an action under load did not succeed. */
export interface FailureFacts {
  /** A sentence as an older version of slopegate wrote it, when failures had no codes. */
  readonly 'older-failure': { readonly text: string };
  /** `error` is a code of docs/errors.md, and `message` is what the error says. */
  readonly 'ended-by-error': { readonly error: ErrorCode; readonly message: string };
  /** The recording ends before the trial does: the run was killed, or the disk was full. */
  readonly 'ended-with-run': NoFacts;
}
export type Failure = Stated<FailureFacts>;

/** What ended a trial or an action, as data. An error of another program or of the runtime counts as `INTERNAL`. */
export function failureFrom(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'ended-by-error',
    facts: { error: error instanceof SlopegateError ? error.code : 'INTERNAL', message },
  };
}
