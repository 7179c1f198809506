import { SlopegateError } from '../model/index.js';

const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: 'Free some space and run again. The recording so far is kept: `slopegate analyze` judges it.',
  EDQUOT: 'The disk quota is used up: free some space and run again. The recording so far is kept.',
  EACCES: 'Choose a folder that you may write to.',
  EROFS: 'The file system is read-only: choose another folder.',
  EEXIST: 'Every run has its own folder: remove or rename the existing one.',
};

/** The error for a file of the run directory that could not be written. */
export function diskError(what: string, path: string, cause: unknown): SlopegateError {
  return new SlopegateError('DISK', `Cannot ${what} ${path}`, {
    because: cause,
    hint: HINTS[(cause as NodeJS.ErrnoException).code ?? ''],
  });
}
