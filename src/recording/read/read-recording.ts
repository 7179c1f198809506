import { join } from 'node:path';
import { SlopegateError } from '../../model/index.js';
import { JOURNAL_FILE } from '../../journal/files.js';
import { forEachLine } from '../../journal/each-line.js';
import { readManifest } from './read-manifest.js';
import { recordingReader, type ReadOptions, type ReadResult } from './recording-reader.js';

/**
 * Reads a run directory, finished or not. Everything that was written until the run ended is there. Damaged and missing
 * parts are listed in `integrity`.
 * @throws SlopegateError RUN_UNREADABLE
 */
export async function readRecording(directory: string, options: ReadOptions = {}): Promise<ReadResult> {
  const reader = recordingReader(directory, await readManifest(directory), options);
  const path = join(directory, JOURNAL_FILE);
  try {
    await forEachLine(path, (line) => reader.line(line));
  } catch (cause) {
    if (cause instanceof SlopegateError) throw cause;
    throw new SlopegateError('RUN_UNREADABLE', `${path} cannot be read.`, {
      cause,
      hint: 'A run is judged from its journal: restore it, or run again.',
    });
  }
  return reader.finish();
}
