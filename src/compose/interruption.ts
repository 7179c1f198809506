import { SlopegateError } from '../model/index.js';

/** The error for an aborted signal. */
export function interruption(signal: AbortSignal): SlopegateError {
  return new SlopegateError('INTERRUPTED', 'Interrupted; everything that was started was removed.', {
    cause: signal.reason,
  });
}
