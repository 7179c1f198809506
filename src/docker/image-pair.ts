import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { pack, type Header, type Pack } from 'tar-stream';
import type { ImageEntry, ImageTree } from '../model/index.js';
import { createUnstarted, eachEntry, pathOf, type ImageAt } from './container-files.js';

export interface ImagePairOptions {
  readonly baseline: ImageAt;
  readonly candidate: ImageAt;
  /** On everything that is created, so that it can be found and removed after a crash. */
  readonly labels: Readonly<Record<string, string>>;
  /** Whether the text of a file is read. */
  readonly isRead: (path: string) => boolean;
  readonly signal: AbortSignal;
}

/** What is in an image: every file, and the texts of those that were asked for. */
interface ImageContents {
  readonly tree: ImageTree;
  /** Path without the first slash → text. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Two images, and mixtures of them. Disposing it removes the two containers that the files are read from. */
export interface ImagePair extends AsyncDisposable {
  readonly baseline: ImageContents;
  readonly candidate: ImageContents;
  /**
   * Makes the candidate's image with these paths as they are in the baseline. A file that only the candidate has is
   * left empty, because Docker's API can add files to a container, but not remove them.
   * @returns the content id of the new image, which has no name; the caller removes it
   */
  mix(paths: readonly string[]): Promise<string>;
}

/** Reads two images through containers that are created and never started. */
export async function openImagePair(options: ImagePairOptions): Promise<ImagePair> {
  const { labels, isRead, signal } = options;
  const source = await createUnstarted(options.baseline, labels);
  const removeSource = (): Promise<unknown> => source.remove({ force: true, v: true });
  try {
    const baseline = await contentsOf(source, isRead, signal);
    const candidate = await candidateOf(options);
    return {
      baseline: baseline.contents,
      candidate: candidate.contents,
      async mix(paths) {
        signal.throwIfAborted();
        const container = await createUnstarted(options.candidate, labels);
        try {
          const layer = pack();
          const put = container.putArchive(layer as unknown as Readable, { path: '/' });
          const filling = fill(layer, source, paths, baseline, candidate.contents.tree, signal).catch(
            (error: unknown) => {
              layer.destroy(error as Error);
              throw error;
            },
          );
          await Promise.all([put, filling]);
          const { Id } = (await container.commit()) as { readonly Id: string };
          return Id;
        } finally {
          await container.remove({ force: true, v: true });
        }
      },
      [Symbol.asyncDispose]: async () => void (await removeSource()),
    };
  } catch (error) {
    await removeSource();
    throw error;
  }
}

async function candidateOf({ candidate, labels, isRead, signal }: ImagePairOptions): Promise<Read> {
  const container = await createUnstarted(candidate, labels);
  try {
    return await contentsOf(container, isRead, signal);
  } finally {
    await container.remove({ force: true, v: true });
  }
}

interface Read {
  readonly contents: ImageContents;
  /** Path of a hard link → the path whose contents it has. */
  readonly links: ReadonlyMap<string, string>;
}

async function contentsOf(
  container: Docker.Container,
  isRead: (path: string) => boolean,
  signal: AbortSignal,
): Promise<Read> {
  const tree = new Map<string, ImageEntry>();
  const texts = new Map<string, string>();
  const links = new Map<string, string>();
  await eachEntry(container, signal, async (path, header, read) => {
    const target = pathOf(header.linkname ?? '');
    if (header.type === 'link') {
      links.set(path, target);
      tree.set(path, tree.get(target) ?? entryOf(header, ''));
      return;
    }
    if (header.type !== 'file') {
      tree.set(path, entryOf(header, header.linkname ?? ''));
      return;
    }
    const bytes = await read();
    tree.set(path, entryOf(header, createHash('sha256').update(bytes).digest('hex')));
    if (isRead(path)) texts.set(path, bytes.toString('utf8'));
  });
  return { contents: { tree, texts }, links };
}

const KINDS: Readonly<Partial<Record<NonNullable<Header['type']>, ImageEntry['kind']>>> = {
  file: 'file',
  link: 'file',
  symlink: 'link',
  directory: 'folder',
};

function entryOf({ type, mode, uid, gid }: Header, content: string): ImageEntry {
  return { kind: KINDS[type ?? 'file'] ?? 'other', content, mode: mode & 0o7777, uid, gid };
}

/** Writes the paths as the baseline has them, with the folders that the candidate does not have. */
async function fill(
  layer: Pack,
  source: Docker.Container,
  paths: readonly string[],
  { contents: { tree }, links }: Read,
  onto: ImageTree,
  signal: AbortSignal,
): Promise<void> {
  const wanted = new Set(paths.filter((path) => tree.has(path)));
  for (const path of wanted)
    for (let folder = parentOf(path); folder !== '' && !onto.has(folder); folder = parentOf(folder)) wanted.add(folder);
  const copies = new Map<string, string[]>();
  for (const path of wanted) {
    const target = links.get(path);
    if (target !== undefined) copies.set(target, [...(copies.get(target) ?? []), path]);
  }
  await eachEntry(source, signal, async (path, header, read) => {
    const names = [...(wanted.has(path) && header.type !== 'link' ? [path] : []), ...(copies.get(path) ?? [])];
    if (names.length === 0) return;
    const bytes = header.type === 'file' ? await read() : null;
    for (const name of names) await written(layer, { ...header, name }, bytes);
  });
  for (const path of paths.filter((one) => !tree.has(one) && isBelowFolders(one, tree)))
    await written(layer, { name: path, type: 'file', mode: onto.get(path)?.mode ?? 0o644 }, EMPTY);
  layer.finalize();
}

/** Whether the baseline has no file at a place where this path needs a folder. */
function isBelowFolders(path: string, tree: ImageTree): boolean {
  const folder = parentOf(path);
  return folder === '' || ((tree.get(folder)?.kind ?? 'folder') === 'folder' && isBelowFolders(folder, tree));
}

const EMPTY = Buffer.alloc(0);

function written(
  layer: Pack,
  header: Partial<Header> & { readonly name: string },
  bytes: Buffer | null,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null): void => (error ? reject(error) : resolve());
    if (bytes === null) layer.entry(header, done);
    else layer.entry({ ...header, size: bytes.length }, bytes, done);
  });
}

const parentOf = (path: string): string => path.split('/').slice(0, -1).join('/');
