import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type Docker from 'dockerode';
import { answers, textFilesOf } from '../../arms/index.js';
import type { Copy } from '../../isolate/types.js';
import { relocate, type Move } from '../../subnets/index.js';
import { archiveOf, type ArchiveEntry } from './archive.js';
import { sendTar } from './send-tar.js';
import { SILENCE_MS } from './watch-transfer.js';

interface Sending {
  readonly moves: readonly Move[];
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}

/** Puts one file of the host into a folder of a container; addresses in it follow their subnets. */
export async function putFile(
  container: Docker.Container,
  source: string,
  place: string,
  sending: Sending,
): Promise<void> {
  await sendTar(container, { folder: dirname(source), names: [basename(source)], place }, sending);
  await putMoved(container, source, place, sending, () => basename(source));
}

/** Puts a folder of the host into a folder of a container; what is mounted by itself below it is made if need be. */
export async function putFolder(
  container: Docker.Container,
  { source, within = [] }: Copy,
  place: string,
  sending: Sending,
): Promise<void> {
  const missing: ArchiveEntry[] = [];
  for (const path of within)
    if (!(await exists(join(source, path))))
      missing.push({ path: `${path}/`, content: null, mode: 0o755, uid: 0, gid: 0 });
  // Where the host has no such folder, Docker would have made an empty one.
  if (await exists(source)) {
    await sendTar(container, { folder: source, names: ['.'], place: dirname(place), as: basename(place) }, sending);
    await putMoved(container, source, place, sending, (path) => path);
  }
  if (missing.length > 0) await putEntries(container, missing, place, sending.signal);
}

/** A file as an entry of an archive, its addresses moved. */
export async function fileEntry(source: string, path: string, moves: readonly Move[]): Promise<ArchiveEntry> {
  const { mode, uid, gid } = await stat(source);
  const [small] = await textFilesOf(source);
  const silence = AbortSignal.timeout(SILENCE_MS);
  const content =
    small === undefined ? await readFile(source, { signal: silence }) : Buffer.from(relocate(small.text, moves));
  return { path, content, mode: mode & 0o7777, uid, gid };
}

/** Writes the texts that repeat a moved address over their copies. */
async function putMoved(
  container: Docker.Container,
  source: string,
  place: string,
  { moves, signal }: Sending,
  pathOf: (path: string) => string,
): Promise<void> {
  if (moves.length === 0) return;
  const rewritten = (await textFilesOf(source)).flatMap(({ text, path, mode, uid, gid }): ArchiveEntry[] => {
    const moved = relocate(text, moves);
    return moved === text ? [] : [{ path: pathOf(path), content: Buffer.from(moved), mode, uid, gid }];
  });
  if (rewritten.length > 0) await putEntries(container, rewritten, place, signal);
}

/** Puts a few small files and folders into a folder of a container. */
export async function putEntries(
  container: Docker.Container,
  entries: readonly ArchiveEntry[],
  place: string,
  signal: AbortSignal,
): Promise<void> {
  const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(SILENCE_MS)]);
  await container.putArchive(await archiveOf(entries), { path: place, abortSignal });
}

async function exists(path: string): Promise<boolean> {
  return (await answers(path, stat(path))) !== null;
}
