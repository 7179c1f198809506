import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type Docker from 'dockerode';
import { buildImages } from '../compose/cli.js';
import type { Line } from '../compose/failures.js';
import type { Compose } from '../compose/find-compose.js';
import { readImageFile } from '../docker/image-file.js';
import { imageId } from '../docker/images.js';
import { SlopegateError } from '../model/index.js';
import { atomicWrite } from '../journal/index.js';

const SOURCE = fileURLToPath(new URL('preload/', import.meta.url));
const FILES = ['Dockerfile', 'preload.c', 'profile.c', 'next-symbol.h', 'system-call.h'];

/** What is preloaded: the lens counts the live heap; the profiler samples who allocated it, for a diagnosis. */
export type Preloaded = 'lens' | 'profile';

/** Digest of the source: another source is another image and another file. */
function digest(): string {
  const hash = createHash('sha256');
  for (const name of FILES) hash.update(readFileSync(join(SOURCE, name)));
  return hash.digest('hex').slice(0, 12);
}

/** The hook for Node.js as a file of slopegate's own folder, which every user can read. @throws SlopegateError DISK */
export function ensureHook(folder: string): string {
  const hook = readFileSync(join(SOURCE, 'node-hook.cjs'));
  const path = join(folder, 'lens', createHash('sha256').update(hook).digest('hex').slice(0, 12), 'node-hook.cjs');
  if (existsSync(path)) return path;
  atomicWrite(path, hook);
  chmodSync(path, 0o644);
  return path;
}

/** Where a library is kept once it is built: a file of slopegate's own folder on this machine. */
export function libraryPath(folder: string, name: Preloaded = 'lens'): string {
  return join(folder, 'lens', digest(), `${name}.so`);
}

export interface LibraryBuild {
  readonly docker: Docker;
  readonly compose: Compose;
  /** The lens unless stated. */
  readonly name?: Preloaded;
  /** Slopegate's own folder on this machine. */
  readonly folder: string;
  /** On the container that exists for a moment to take the library from. */
  readonly labels: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly onLine: Line;
}

/**
 * The path of the library. If it does not exist yet, it is built in a container.
 * @throws SlopegateError BUILD_FAILED, IMAGE_MISSING or DISK
 */
export async function ensureLibrary({
  docker,
  compose,
  name = 'lens',
  folder,
  labels,
  signal,
  onLine,
}: LibraryBuild): Promise<string> {
  const path = libraryPath(folder, name);
  if (existsSync(path)) return path;
  const image = `slopegate/lens:${digest()}`;
  if ((await imageId(docker, image)) === null) {
    onLine('Building the lens');
    await buildImages(
      { compose, signal, onLine },
      { name: 'slopegate-lens', services: { lens: { image, build: { context: SOURCE } } } },
    );
  }
  const library = await readImageFile(docker, image, `/lens/${name}.so`, labels);
  if (library === null)
    throw new SlopegateError('IMAGE_MISSING', `The image ${image} does not hold ${name}.so.`, {
      hint: `Remove it with "docker image rm ${image}", then it is built again.`,
    });
  atomicWrite(path, library);
  // Services read it as users of their own.
  chmodSync(path, 0o644);
  return path;
}
