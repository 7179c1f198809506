import { spawn } from 'node:child_process';
import { kill } from 'node:process';
import { createInterface } from 'node:readline';
import { interruption } from './interruption.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Command {
  readonly command: readonly string[];
  readonly env: Environment;
  readonly cwd?: string;
  /** Written to the command's standard input. */
  readonly input?: string;
  readonly signal?: AbortSignal;
  /** Every line of both output streams, as it comes. */
  readonly onLine?: (line: string) => void;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  /** Lines of both streams in the order they came. */
  readonly lines: readonly string[];
}

const PATIENCE_MS = 5_000;

/**
 * Runs a command to its end. If the signal aborts, its whole process group is ended. INTERRUPTED is thrown when the
 * group is gone.
 */
export async function run({ command, env, cwd, input, signal, onLine }: Command): Promise<CommandResult> {
  if (signal?.aborted) throw interruption(signal);
  const [file = '', ...args] = command;
  // Its own process group: the docker client starts compose as another process, and both must end together.
  const child = spawn(file, args, {
    env: { ...env },
    ...(cwd === undefined ? {} : { cwd }),
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
      lines.push(line);
      if (stream === child.stdout) output.push(line);
      onLine?.(line);
    });
  }
  child.stdin.on('error', () => {}); // A command that ends early reads no input; its exit code tells.
  child.stdin.end(input ?? '');

  let patience: NodeJS.Timeout | undefined;
  const end = () => {
    endGroup(child.pid, 'SIGTERM');
    patience = setTimeout(() => endGroup(child.pid, 'SIGKILL'), PATIENCE_MS);
  };
  signal?.addEventListener('abort', end, { once: true });
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? -1));
    });
    if (signal?.aborted) throw interruption(signal);
    return { code, stdout: output.join('\n'), lines };
  } finally {
    clearTimeout(patience);
    signal?.removeEventListener('abort', end);
  }
}

function endGroup(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    kill(-pid, name);
  } catch {
    // It has ended already.
  }
}
