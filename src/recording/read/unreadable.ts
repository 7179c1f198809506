import { join } from 'node:path';
import { RECORDING_SCHEMA, SlopegateError } from '../../model/index.js';
import { JOURNAL_FILE } from '../../journal/files.js';
import { jsonPlace } from './json-place.js';
import type { Impossible } from './reading-line.js';

/** The error for a journal of another version, or of another manifest. */
export function otherSchema(directory: string, found: string, manifest: string): SlopegateError {
  return new SlopegateError(
    'RUN_UNREADABLE',
    `${JOURNAL_FILE} has the schema ${JSON.stringify(found)}, but its manifest has ${JSON.stringify(manifest)}.`,
    {
      location: `${join(directory, JOURNAL_FILE)}:1:1`,
      hint: `The two files must be of one run. This version reads schemas up to ${RECORDING_SCHEMA}.`,
    },
  );
}

/** The error for a number that no run can have measured. @param text the line, as JSON */
export function impossibleNumber(
  directory: string,
  line: number,
  text: string,
  [key, place]: Impossible,
): SlopegateError {
  const { column } = jsonPlace(text, place === undefined ? [key] : [key, place]);
  return new SlopegateError('RUN_UNREADABLE', `${JOURNAL_FILE} has a number that no run can have measured.`, {
    location: `${join(directory, JOURNAL_FILE)}:${line}:${column}`,
    hint: 'The file was changed or damaged after the run: restore it, or run again.',
  });
}
