import { readFile, realpath } from 'node:fs/promises';
import { answers } from './answers.js';
import { walk, type Entry } from './walk.js';

export interface TextFile {
  /** Relative to the given path; empty if the given path is the file itself. */
  readonly path: string;
  readonly text: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

const LARGEST_BYTES = 256 * 1024;
const MOST_FILES = 5_000;

/** The small text files at or below a path, which may repeat an address. Links and unreadable files are skipped. */
export async function textFilesOf(path: string): Promise<TextFile[]> {
  const root = (await answers(path, realpath(path))) ?? path;
  const found: TextFile[] = [];
  for await (const entry of walk(root, { entries: MOST_FILES, milliseconds: 10_000 })) {
    const file = await textFileOf(entry);
    if (file !== null) found.push(file);
  }
  return found;
}

/** The entry's text; null if it is not a small text file. */
export async function textFileOf({ path, full, stat }: Entry): Promise<TextFile | null> {
  // A file without a size is not on a disk. Reading one of the kernel's may never end.
  if (!stat.isFile() || stat.size === 0 || stat.size > LARGEST_BYTES) return null;
  const bytes = await answers(full, readFile(full));
  if (bytes === null || bytes.includes(0)) return null;
  return { path, text: bytes.toString('utf8'), mode: stat.mode & 0o7777, uid: stat.uid, gid: stat.gid };
}
