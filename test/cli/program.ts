import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The program as its users start it, built from the sources as they are now. */
export interface Program {
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

/** In `node_modules`, where the packages are found. */
const CACHE = join(ROOT, 'node_modules', '.cache');
const PREFIX = 'slopegate-cli-';
const DAY_MS = 24 * 60 * 60 * 1000;

/** Builds once for all test files of the same sources: it takes seconds. Types are checked elsewhere. */
export function buildProgram(): Program {
  mkdirSync(CACHE, { recursive: true });
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(ROOT, 'src', name), 'utf8') }));
  const others = ['bin/slopegate.js', 'package.json'].map((name) => readFileSync(join(ROOT, name), 'utf8'));
  const digest = createHash('sha256')
    .update(JSON.stringify([sources, others]))
    .digest('hex')
    .slice(0, 16);
  const folder = join(CACHE, `${PREFIX}${digest}`);
  if (!existsSync(folder)) buildInto(folder, sources);
  const path = join(folder, 'bin', 'slopegate.js');
  return { path, start: (argv, options) => start(process.execPath, [path, ...argv], options) };
}

function buildInto(folder: string, sources: readonly { readonly name: string; readonly text: string }[]): void {
  for (const name of readdirSync(CACHE).filter((entry) => entry.startsWith(PREFIX)))
    if (Date.now() - (statSync(join(CACHE, name), { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > DAY_MS)
      rmSync(join(CACHE, name), { recursive: true, force: true });
  const unfinished = mkdtempSync(join(CACHE, PREFIX));
  for (const name of ['bin', 'package.json']) cpSync(join(ROOT, name), join(unfinished, name), { recursive: true });
  for (const { name, text } of sources) {
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
    });
    const file = join(unfinished, 'dist', name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, outputText);
  }
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process was faster.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
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
