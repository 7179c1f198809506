import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { readFile, readlink } from 'node:fs/promises';
import type { ComposeModel } from '../../compose/model.js';
import { realOf, type HostPaths } from '../../hostpaths/host-path.js';
import { mayBeWalked } from '../../hostpaths/places.js';
import { hostPathsOf } from '../../hostpaths/sources.js';
import { ARMS, type ArmName } from '../../model/index.js';
import { answers } from './answers.js';
import { walk } from './walk.js';

/** Paths with more bytes than this are compared by name. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Digests of the host paths that one arm mounts and the other does not, because two folders may have the same content.
 */
export async function digestsOf(
  models: Readonly<Record<ArmName, ComposeModel>>,
  hostPaths: HostPaths,
): Promise<Readonly<Record<string, string>>> {
  const all = ARMS.flatMap((arm) => hostPathsOf(models[arm]));
  const own = all.filter((path) => all.indexOf(path) === all.lastIndexOf(path));
  const digests = await Promise.all(own.map(async (path) => [path, await digestOf(realOf(hostPaths, path))] as const));
  return Object.fromEntries(digests.flatMap(([path, digest]) => (digest === null ? [] : [[path, digest] as const])));
}

/**
 * Names and contents below a path; of a symbolic link, the target as it is written. Null if there is too much, or it
 * cannot be read.
 */
export async function digestOf(path: string): Promise<string | null> {
  if (!mayBeWalked(path)) return null;
  const found: string[] = [];
  const entries = walk(path);
  let bytes = 0;
  for (let next = await entries.next(); ; next = await entries.next()) {
    if (next.done === true) {
      if (!next.value || found.length === 0) return null;
      return createHash('sha256').update(found.sort().join('\n')).digest('hex');
    }
    const { path: name, full, stat } = next.value;
    bytes += stat.isFile() ? stat.size : 0;
    if (bytes > MOST_BYTES) return null;
    const content = await contentOf(full, stat);
    if (content === null) return null;
    found.push(`${name} ${stat.mode} ${createHash('sha256').update(content).digest('hex')}`);
  }
}

async function contentOf(path: string, stat: Stats): Promise<Buffer | null> {
  if (stat.isFile()) return answers(path, readFile(path));
  if (stat.isSymbolicLink()) return answers(path, readlink(path, 'buffer'));
  return Buffer.alloc(0);
}
