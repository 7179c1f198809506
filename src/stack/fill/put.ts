import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type Docker from 'dockerode';
import { textFilesOf } from '../../arms/index.js';
import type { Copy } from '../../isolate/types.js';
import { relocate, type Move } from '../../subnets/index.js';
import { archiveOf, type ArchiveEntry } from './archive.js';
import { sendTar } from './send-tar.js';

interface Sending {
  readonly moves: readonly Move[];
  readonly signal: AbortSignal;
}

/** Puts one file of the host into a folder of a container; addresses in it follow their subnets. */
export async function putFile(
  container: Docker.Container,
  source: string,
  place: string,
  { moves, signal }: Sending,
): Promise<void> {
  await sendTar(container, dirname(source), [basename(source)], place, signal);
  await putMoved(container, source, place, moves, () => basename(source));
}

/** Puts a folder of the host into a folder of a container; what is mounted by itself below it is made if need be. */
export async function putFolder(
  container: Docker.Container,
  { source, within = [] }: Copy,
  place: string,
  { moves, signal }: Sending,
): Promise<void> {
  const missing: ArchiveEntry[] = [];
  for (const path of within)
    if (!(await exists(join(source, path))))
      missing.push({ path: `${path}/`, content: null, mode: 0o755, uid: 0, gid: 0 });
  // Where the host has no such folder, Docker would have made an empty one.
  if (await exists(source)) {
    await sendTar(container, source, ['.'], place, signal);
    await putMoved(container, source, place, moves, (path) => path);
  }
  if (missing.length > 0) await container.putArchive(await archiveOf(missing), { path: place });
}

/** A file as an entry of an archive, its addresses moved. */
export async function fileEntry(source: string, path: string, moves: readonly Move[]): Promise<ArchiveEntry> {
  const { mode, uid, gid } = await stat(source);
  const [small] = await textFilesOf(source);
  const content = small === undefined ? await readFile(source) : Buffer.from(relocate(small.text, moves));
  return { path, content, mode: mode & 0o7777, uid, gid };
}

/** Writes the texts that repeat a moved address over their copies. */
async function putMoved(
  container: Docker.Container,
  source: string,
  place: string,
  moves: readonly Move[],
  pathOf: (path: string) => string,
): Promise<void> {
  if (moves.length === 0) return;
  const rewritten = (await textFilesOf(source)).flatMap(({ text, path, mode, uid, gid }): ArchiveEntry[] => {
    const moved = relocate(text, moves);
    return moved === text ? [] : [{ path: pathOf(path), content: Buffer.from(moved), mode, uid, gid }];
  });
  if (rewritten.length > 0) await container.putArchive(await archiveOf(rewritten), { path: place });
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
