import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The program as its users start it, built from the sources as they are now; gone when disposed of. */
export interface Program extends Disposable {
  /** Of the script, for a shell. */
  readonly path: string;
  start(argv: readonly string[], options?: StartOptions): Started;
}

interface StartOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface Started {
  readonly child: ChildProcess;
  /** What was printed so far. */
  readonly text: { out: string; err: string };
  readonly ended: Promise<Ended>;
}

export interface Ended {
  /** Null if a signal ended it. */
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

/** Builds into `node_modules`, where the packages are found; types are checked elsewhere. */
export function buildProgram(): Program {
  const cache = join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'slopegate-cli-'));
  for (const name of ['bin', 'package.json']) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const { outputText } = ts.transpileModule(readFileSync(join(ROOT, 'src', name), 'utf8'), {
      compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
    });
    const file = join(folder, 'dist', name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, outputText);
  }
  const path = join(folder, 'bin', 'slopegate.js');
  return {
    path,
    start: (argv, options) => start(process.execPath, [path, ...argv], options),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function start(command: string, argv: readonly string[], { cwd = ROOT, env = {} }: StartOptions = {}): Started {
  const plain = { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, CI: undefined };
  const child = spawn(command, argv, { cwd, env: { ...plain, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (more: string) => void (text.out += more));
  child.stderr.setEncoding('utf8').on('data', (more: string) => void (text.err += more));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject).once('close', (exit) => resolve({ exit, ...text }));
  });
  return { child, text, ended };
}
