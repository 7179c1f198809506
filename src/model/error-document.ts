import type { ErrorCode, ExitCode } from './error-codes.js';
import { SlopegateError } from './errors.js';
import { placeOfLocation, type InputFault } from './fault.js';

const ERROR_SCHEMA = 'slopegate.error/1';

/** What a command with `--json` prints on standard output if it ends with an error. */
export interface ErrorDocument {
  readonly schema: typeof ERROR_SCHEMA;
  /** Version of slopegate. */
  readonly slopegate: string;
  readonly code: ErrorCode;
  /** The exit code of the command. */
  readonly exitCode: ExitCode;
  readonly message: string;
  /** Everything that was found, at least one. Each has its place, if there is one. */
  readonly faults: readonly InputFault[];
}

/** An error in the form of the faults of a file: all that were found, or the error itself. */
export function faultsOfError(error: SlopegateError): readonly InputFault[] {
  if (error.faults.length > 0) return error.faults;
  const cause = error.reason === null ? {} : { cause: error.reason };
  return [
    {
      code: error.code,
      severity: 'error',
      message: error.message,
      ...cause,
      hint: error.hint ?? null,
      place: placeOfLocation(error.location),
    },
  ];
}

/** Any error as a document. An error that is not a `SlopegateError` is `INTERNAL`. */
export function errorDocument(error: unknown, version: string): ErrorDocument {
  const known =
    error instanceof SlopegateError
      ? error
      : new SlopegateError('INTERNAL', 'an unexpected error in slopegate', { cause: error });
  return {
    schema: ERROR_SCHEMA,
    slopegate: version,
    code: known.code,
    exitCode: known.exitCode,
    message: known.message,
    faults: faultsOfError(known),
  };
}
