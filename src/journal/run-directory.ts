import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { RECORDING_SCHEMA, type Manifest, type SlopegateError } from '../model/index.js';
import { atomicWrite } from './atomic-write.js';
import { diskError } from './disk-error.js';
import { JOURNAL_FILE, MANIFEST_FILE } from './files.js';
import { appendFile, type AppendFile } from './lines/append-file.js';
import { runJournal, type RunJournal, type SealedJournal } from './lines/run-journal.js';
import { rescue } from './rescue.js';
import { textDigest } from './seal/digest.js';

export interface RunDirectory {
  readonly directory: string;
  readonly journal: RunJournal;
  /** Why the journal ends before the run; null while it is written. */
  readonly failure: SlopegateError | null;
  /**
   * If the folder was deleted or moved during the run: writes the data that is still open into a folder beside it. Null
   * if there is nothing to rescue, or if it could not be written.
   */
  rescue(): string | null;
  /** Ends the journal and writes the time at which the run ended. A second call does nothing. */
  close(endedAt: string): void;
}

/**
 * Makes the folder for run directories, so that a run that cannot be recorded does not begin.
 * @throws SlopegateError DISK
 */
export function openRoot(root: string): void {
  try {
    mkdirSync(root, { recursive: true });
    accessSync(root, constants.W_OK);
  } catch (cause) {
    throw diskError('write to the folder', root, cause);
  }
}

/** Makes `ROOT/RUNID`, a folder that did not exist. @throws SlopegateError DISK */
export function makeDirectory(root: string, runId: string): string {
  const directory = join(root, runId);
  openRoot(root);
  try {
    mkdirSync(directory);
  } catch (cause) {
    throw diskError('make the folder', directory, cause);
  }
  return directory;
}

/**
 * Makes `ROOT/RUNID` with its manifest, and opens the journal. Whatever ends this process later, everything written
 * until then can be read.
 * @param onFailure called at once when the disk fails, so that an experiment of hours does not continue for nothing
 * @throws SlopegateError DISK
 */
export function createRunDirectory(
  root: string,
  given: Manifest,
  onFailure: (failure: SlopegateError) => void = () => undefined,
): RunDirectory {
  const manifest: Manifest = { ...given, schema: RECORDING_SCHEMA };
  const directory = makeDirectory(root, manifest.runId);
  const file = appendFile(join(directory, JOURNAL_FILE), onFailure);
  const journal = runJournal(file);
  journal.begun(manifest.runId);
  const run = runDirectoryOver({ directory, manifest, file, journal });
  run.writeManifest(manifest);
  if (file.failure !== null) throw file.failure;
  return run;
}

interface OpenParts {
  readonly directory: string;
  readonly manifest: Manifest;
  readonly file: AppendFile;
  readonly journal: SealedJournal;
}

/** A run directory whose journal is open. */
export function runDirectoryOver({ directory, manifest, file, journal }: OpenParts) {
  // The digest is on the disk before the manifest. If a run is killed between the two, it has the older manifest, which
  // the journal knows too.
  const writeManifest = (now: Manifest): void => {
    const text = textOf(now);
    journal.manifestSealed(textDigest(text));
    file.sync();
    if (file.failure === null) atomicWrite(join(directory, MANIFEST_FILE), text);
  };
  let closed = false;
  return {
    directory,
    journal,
    writeManifest,
    get failure() {
      return file.failure;
    },
    rescue: () => (file.failure === null ? null : rescue(directory, textOf(manifest), file.contents())),
    close: (endedAt: string) => {
      if (closed) return;
      closed = true;
      // A full disk was reported already. The manifest stays as it was, and so does the journal.
      writeManifest({ ...manifest, endedAt });
      file.close();
    },
  } satisfies RunDirectory & { writeManifest: unknown };
}

function textOf(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
