import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atomicWrite } from './atomic-write.js';
import { JOURNAL_FILE, MANIFEST_FILE } from './files.js';

/**
 * Writes a run whose folder was deleted into another folder beside it, from the data that is still open.
 * @returns the new folder; null if it could not be written, or if the old one is complete
 */
export function rescue(directory: string, manifest: string, journal: Buffer): string | null {
  if (existsSync(join(directory, JOURNAL_FILE)) && existsSync(join(directory, MANIFEST_FILE))) return null;
  const folder = `${directory}-rescued`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, JOURNAL_FILE), journal);
    atomicWrite(join(folder, MANIFEST_FILE), manifest);
    return folder;
  } catch {
    return null;
  }
}
