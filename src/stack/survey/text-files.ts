import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';

export interface TextFile {
  /** Below the path that was asked about; empty where the path is the file itself. */
  readonly path: string;
  readonly text: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

const LARGEST_BYTES = 256 * 1024;
const MOST_ENTRIES = 5_000;

/**
 * The small text files at or below a path: what may repeat an address. Links and what can't be read are passed over.
 */
export async function textFilesOf(path: string): Promise<TextFile[]> {
  const found: TextFile[] = [];
  const root = await realpath(path).catch(() => path);
  const waiting = [''];
  for (let seen = 0; waiting.length > 0 && seen < MOST_ENTRIES; seen += 1) {
    const at = waiting.shift()!;
    const full = at === '' ? root : join(root, at);
    const stat = await lstat(full).catch(() => null);
    if (stat?.isDirectory()) waiting.push(...(await readdir(full).catch(() => [])).map((name) => join(at, name)));
    if (stat?.isFile() !== true || stat.size > LARGEST_BYTES) continue;
    const bytes = await readFile(full).catch(() => null);
    if (bytes !== null && !bytes.includes(0))
      found.push({ path: at, text: bytes.toString('utf8'), mode: stat.mode & 0o7777, uid: stat.uid, gid: stat.gid });
  }
  return found;
}
