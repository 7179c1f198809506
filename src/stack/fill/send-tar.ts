import { spawn } from 'node:child_process';
import type Docker from 'dockerode';
import type { Sending } from './through-volumes.js';
import { watchTransfer } from './watch-transfer.js';

interface ToSend {
  readonly folder: string;
  /** In the folder; `.` for all of it. */
  readonly names: readonly string[];
  /** Folder in the container. */
  readonly place: string;
  /** What `.` is called there. The daemon leaves out `.`, so the folder itself would lose its owner and mode. */
  readonly as?: string;
}

/**
 * Sends a folder, or names in it, to a place in a container. `tar` keeps owners, modes, links and holes, and a folder
 * may be larger than memory.
 * @throws Error if tar fails, or if nothing moves for a minute
 */
export async function sendTar(
  container: Docker.Container,
  { folder, names, place, as }: ToSend,
  { signal, onBytes }: Sending,
): Promise<void> {
  // The daemon reads sparse files only in the POSIX form and refuses the GNU form.
  const form = ['--format=posix', '--sparse', '--numeric-owner'];
  // S: the targets of symbolic links stay as they are.
  const renamed = as === undefined ? [] : [`--transform=s,^\\.,${as},S`];
  const args = [...form, ...renamed, '-C', folder, '-cf', '-', '--', ...names];
  const tar = spawn('tar', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const complaints: string[] = [];
  using transfer = watchTransfer(folder, signal);
  const stop = (): void => void tar.kill('SIGKILL');
  transfer.signal.addEventListener('abort', stop, { once: true });
  tar.stdout.on('data', (chunk: Buffer) => {
    transfer.moved();
    onBytes(chunk.length);
  });
  tar.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString('utf8')));
  const ended = new Promise<number>((resolve, reject) => {
    tar.once('error', reject);
    tar.once('close', (code) => resolve(code ?? -1));
  });
  const put = container.putArchive(tar.stdout, { path: place, abortSignal: transfer.signal });
  try {
    const [, code] = await Promise.all([put, ended]);
    // 1 means that a file changed while it was read, as a log does.
    if (code > 1 || code < 0) throw new Error(complaints.join('').trim() || `tar ended with ${code}`);
  } catch (error) {
    // What an ended transfer says of itself is only that it was ended.
    transfer.signal.throwIfAborted();
    throw error;
  } finally {
    transfer.signal.removeEventListener('abort', stop);
  }
}
