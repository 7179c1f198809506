import { spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { SlopegateError } from '../../model/index.js';
import { handleOf, type Inspected } from '../containers.js';
import type { Copy } from '../../isolate/types.js';
import { relocate, type Move } from '../../isolate/relocation.js';
import { textFilesOf } from '../survey/text-files.js';
import { tarOf, type TarEntry } from './tar.js';
import { throughVolume } from './through-volume.js';

export interface Fill {
  readonly docker: Docker;
  readonly containers: readonly Inspected[];
  readonly copies: readonly Copy[];
  /** Volume key → its name on the daemon. */
  readonly volumes: Readonly<Record<string, string>>;
  readonly moves: readonly Move[];
  /** On containers that exist for a moment to reach a volume through. */
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Puts the arm's own copies in place, while its containers exist and have not started. Files of the host are only read.
 */
export async function fill(job: Fill): Promise<void> {
  const { containers, copies } = job;
  for (const copy of copies) {
    const served = containers.filter((container) => handleOf(container).service === copy.service);
    for (const container of copy.kind === 'file' ? served : served.slice(0, 1)) {
      try {
        await put(job, container, copy);
      } catch (cause) {
        if (cause instanceof SlopegateError) throw cause;
        throw new SlopegateError(
          'START_FAILED',
          `${copy.source} could not be copied to ${copy.target} of ${copy.service}: ${(cause as Error).message}`,
          { cause, hint: 'Can this user read it, and is there room for a copy for each arm?' },
        );
      }
    }
  }
}

async function put(
  { docker, moves, labels, volumes }: Fill,
  { Id: id, Image: image }: Inspected,
  { kind, source, target, within = [] }: Copy,
): Promise<void> {
  if (kind === 'file') {
    // From the root: the folders on the way need not exist.
    await docker
      .getContainer(id)
      .putArchive(tarOf([await fileEntry(source, target.replace(/^\/+/, ''), moves)]), { path: '/' });
    return;
  }
  const own = { image, volume: volumes[target] ?? '', labels };
  if (kind === 'volume') {
    await throughVolume(docker, { image, volume: source, labels }, (from, there) =>
      throughVolume(
        docker,
        own,
        async (into, place) =>
          void (await into.putArchive(await from.getArchive({ path: `${there}/.` }), { path: place })),
      ),
    );
    return;
  }
  const missing = (
    await Promise.all(within.map(async (path) => [path, await exists(join(source, path))] as const))
  ).filter(([, there]) => !there);
  await throughVolume(docker, own, async (container, place) => {
    // Where the host has no such folder, Docker would have made an empty one.
    if (await exists(source)) await putTree(container, source, place, moves);
    if (missing.length > 0)
      await container.putArchive(
        tarOf(missing.map(([path]) => ({ path: `${path}/`, text: null, mode: 0o755, uid: 0, gid: 0 }))),
        { path: place },
      );
  });
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

async function putTree(
  container: Docker.Container,
  source: string,
  place: string,
  moves: readonly Move[],
): Promise<void> {
  await putFolder(container, source, place);
  const rewritten = (await textFilesOf(source)).flatMap(({ text, ...file }): TarEntry[] => {
    const moved = relocate(text, moves);
    return moved === text ? [] : [{ ...file, text: Buffer.from(moved) }];
  });
  if (rewritten.length > 0) await container.putArchive(tarOf(rewritten), { path: place });
}

async function fileEntry(source: string, name: string, moves: readonly Move[]): Promise<TarEntry> {
  const { mode, uid, gid } = await stat(source);
  const [small] = await textFilesOf(source);
  return {
    path: name,
    text: small === undefined ? await readFile(source) : Buffer.from(relocate(small.text, moves)),
    mode: mode & 0o7777,
    uid,
    gid,
  };
}

/** `tar` keeps owners, modes and links; a folder may be larger than memory. */
async function putFolder(container: Docker.Container, source: string, target: string): Promise<void> {
  const tar = spawn('tar', ['--numeric-owner', '-C', source, '-cf', '-', '.'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const complaints: string[] = [];
  tar.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString('utf8')));
  const ended = new Promise<number>((resolve, reject) => {
    tar.once('error', reject);
    tar.once('close', (code) => resolve(code ?? -1));
  });
  const [, code] = await Promise.all([container.putArchive(tar.stdout, { path: target }), ended]);
  // 1: a file changed while it was read, as a log does.
  if (code > 1) throw new Error(complaints.join('').trim() || `tar ended with ${code}`);
}
