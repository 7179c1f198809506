import { spawn } from 'node:child_process';
import type Docker from 'dockerode';

/** A host path that gives nothing for so long gives nothing at all: a pipe, or a network disk that is gone. */
const SILENCE_MS = 60_000;

/**
 * Sends a folder, or names in it, to a place in a container. `tar` keeps owners, modes, links and holes, and a folder
 * may be larger than memory.
 * @throws Error where tar fails, or where nothing comes for a minute
 */
export async function sendTar(
  container: Docker.Container,
  folder: string,
  names: readonly string[],
  place: string,
  signal: AbortSignal,
): Promise<void> {
  // The daemon reads holes in the form of POSIX only, and refuses that of GNU.
  const args = ['--format=posix', '--sparse', '--numeric-owner', '-C', folder, '-cf', '-', '--', ...names];
  const tar = spawn('tar', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const complaints: string[] = [];
  let silence: NodeJS.Timeout | undefined;
  let isSilent = false;
  const listen = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      isSilent = true;
      tar.kill('SIGKILL');
    }, SILENCE_MS);
  };
  const stop = (): void => void tar.kill('SIGKILL');
  listen();
  signal.addEventListener('abort', stop, { once: true });
  tar.stdout.on('data', listen);
  tar.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString('utf8')));
  const ended = new Promise<number>((resolve, reject) => {
    tar.once('error', reject);
    tar.once('close', (code) => resolve(code ?? -1));
  });
  try {
    const [, code] = await Promise.all([container.putArchive(tar.stdout, { path: place }), ended]);
    signal.throwIfAborted();
    if (isSilent) throw new Error(`${folder} sent no data for ${SILENCE_MS / 1000} s`);
    // 1: a file changed while it was read, as a log does.
    if (code > 1 || code < 0) throw new Error(complaints.join('').trim() || `tar ended with ${code}`);
  } finally {
    clearTimeout(silence);
    signal.removeEventListener('abort', stop);
  }
}
