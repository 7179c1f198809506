import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest, SlopegateError } from '../model/index.js';
import { diskError } from './disk-error.js';
import { JOURNAL_FILE } from './files.js';
import { appendFile } from './lines/append-file.js';
import { runJournal } from './lines/run-journal.js';
import { forEachLine } from './each-line.js';
import { runDirectoryOver, type RunDirectory } from './run-directory.js';
import { sealer, unseal } from './seal/seal.js';

/**
 * Opens the folder of an interrupted run to continue it. Its journal was read before and is complete. Half a line at
 * its end, as a killed process leaves it, is removed. The seal continues where it stopped.
 * @param manifest the manifest on the disk
 * @param at when the run goes on, ISO 8601
 * @throws SlopegateError DISK
 */
export async function resumeRunDirectory(
  directory: string,
  manifest: Manifest,
  at: string,
  onFailure: (failure: SlopegateError) => void,
): Promise<RunDirectory> {
  const path = join(directory, JOURNAL_FILE);
  const { lines, bytes, seed } = await wholeLines(path);
  try {
    truncateSync(path, bytes);
  } catch (cause) {
    throw diskError('write', path, cause);
  }
  const file = appendFile(path, onFailure);
  const journal = runJournal(file, sealer({ place: lines, seed }));
  journal.resumed(at);
  if (file.failure !== null) throw file.failure;
  return runDirectoryOver({ directory, manifest, file, journal });
}

/** How many lines have their end, how many bytes they are, and the checksum of the first. */
async function wholeLines(path: string): Promise<{ lines: number; bytes: number; seed: number }> {
  const found = { lines: 0, bytes: 0, seed: 0 };
  await forEachLine(path, ({ bytes, from, to, ended }) => {
    if (!ended) return;
    if (found.lines === 0) found.seed = unseal(bytes, from, to, 0)?.checksum ?? 0;
    found.lines += 1;
    found.bytes += to - from + 1;
  });
  return found;
}
