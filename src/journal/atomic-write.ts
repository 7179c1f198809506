import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { diskError } from './disk-error.js';

/** Replaces a whole file. A reader finds the old text or the new text, never a part of one, whatever happens. */
export function atomicWrite(path: string, text: string | Uint8Array): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeThrough(temporary, text);
    renameSync(temporary, path);
  } catch (cause) {
    throw diskError('write', path, cause);
  }
}

function writeThrough(path: string, text: string | Uint8Array): void {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}
