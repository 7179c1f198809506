import { SlopegateError } from '../model/index.js';

/** The error that an aborted signal stands for. */
export function interruption(signal: AbortSignal): SlopegateError {
  return new SlopegateError('INTERRUPTED', 'Interrupted; what had been started was taken down.', {
    cause: signal.reason,
  });
}
