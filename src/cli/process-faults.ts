import { EXIT, SlopegateError, type Context, type ExitCode } from '../model/index.js';
import { reportFailure } from './failure.js';

/** The terminal or the pipe is closed. Nobody reads any more; this is not our error. */
const READER_GONE = new Set(['EPIPE', 'EIO']);

export interface ProcessFaults {
  /** The exit code for an error that nobody caught, or for lost output; null if there was neither. */
  exitCode(): Promise<ExitCode | null>;
}

export interface FaultOptions {
  readonly context: () => Context;
  /** Ends the current work in an orderly way; false if there is none. */
  readonly endWork: (reason: SlopegateError) => boolean;
}

/**
 * What can fail outside of any call: output that cannot be written, and errors that nobody caught. Node would end with
 * exit code 1, which means FAIL here. These faults are watched until the process ends.
 */
export function followFaults({ context, endWork }: FaultOptions): ProcessFaults {
  let lost: NodeJS.ErrnoException | null = null;
  let uncaught: unknown = null;

  const onOutputError = (error: NodeJS.ErrnoException): void => {
    if (!READER_GONE.has(error.code ?? '')) lost ??= error;
  };
  // If progress cannot be shown, nothing else changes.
  const onProgressError = (): void => {};
  const onUncaught = (error: unknown): void => {
    const again = uncaught !== null;
    uncaught ??= error;
    reportFailure(error, context());
    const reason = new SlopegateError('INTERNAL', 'an unexpected error', { cause: error });
    if (!again && endWork(reason)) return;
    // oxlint-disable-next-line unicorn/no-process-exit -- nothing is under way that could end by itself
    process.exit(EXIT.environment);
  };
  process.stdout.on('error', onOutputError);
  process.stderr.on('error', onProgressError);
  process.on('uncaughtException', onUncaught).on('unhandledRejection', onUncaught);
  return {
    exitCode: async () => {
      // The error of a write arrives one turn of the event loop after the write.
      await new Promise((resolve) => setImmediate(resolve));
      if (uncaught !== null) return EXIT.environment;
      if (lost === null) return null;
      return reportFailure(
        new SlopegateError('DISK', `The output could not be written: ${lost.message}`, {
          hint: 'Is the disk of standard output full?',
        }),
        context(),
      );
    },
  };
}
