import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compareGrowth, SlopegateError, type RecordedRun } from '../../src/index.js';
import { linesIn } from '../../src/journal/each-line.js';
import { parseManifest } from '../../src/recording/read/read-manifest.js';
import { recordingReader } from '../../src/recording/read/recording-reader.js';
import { judgeRecording, OUTCOME_EXITS } from '../../src/run/judgement.js';
import { slopegate } from '../cli/in-process.js';
import { readWritten } from '../seriesfiles/story.js';
import { JUDGED_METRICS } from '../../src/verdict/index.js';
import { FOLDER, type FuzzInput } from './input.js';
import { FILES } from './kinds/series.js';

const EXITS = [0, 1, 2, 3, 4, 5];

interface Ended {
  readonly exit: number;
  /** What was said of an error that nobody expected; null if there was none. */
  readonly internal: string | null;
}

/** Runs an input. @returns what is wrong with how it ended, or null */
export async function tryInput(input: FuzzInput, folder: string): Promise<string | null> {
  const { exit, internal } = await ended(input, folder);
  if (internal !== null) return `INTERNAL: ${internal}`;
  if (!EXITS.includes(exit)) return `exit ${exit}`;
  return exit === 0 && !input.mayPass ? 'PASS' : null;
}

async function ended({ files, run }: FuzzInput, folder: string): Promise<Ended> {
  if (run.as === 'command') {
    writeFiles(files, folder);
    const argv = run.argv.map((word) => (word === FOLDER ? folder : word));
    const { exit, err } = await slopegate(argv, { cwd: folder });
    return { exit, internal: err.includes('INTERNAL') ? err : null };
  }
  try {
    return { exit: run.as === 'recording' ? judged(files) : await compared(files, run), internal: null };
  } catch (error) {
    if (error instanceof SlopegateError && error.code !== 'INTERNAL') return { exit: error.exitCode, internal: null };
    return { exit: 5, internal: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** What `slopegate analyze` does, without files and reports. */
function judged(files: FuzzInput['files']): number {
  const manifest = parseManifest(String(files.get('manifest.json')), 'manifest.json');
  const reader = recordingReader('.', manifest, { metrics: JUDGED_METRICS, medians: false });
  linesIn(Buffer.from(files.get('journal.ndjson') ?? ''), (line) => reader.line(line));
  const { recording } = reader.finish();
  return OUTCOME_EXITS[judgeRecording(recording).outcome];
}

/** What `slopegate compare` does, without files and sentences. */
async function compared(
  files: FuzzInput['files'],
  { read, compare }: Extract<FuzzInput['run'], { as: 'series' }>,
): Promise<number> {
  const runs: RecordedRun[] = [];
  for (const name of FILES) runs.push(await readWritten(String(files.get(name)), name, read));
  const half = FILES.length / 2;
  const { verdict } = compareGrowth({ baseline: runs.slice(0, half), candidate: runs.slice(half) }, compare);
  return OUTCOME_EXITS[verdict.outcome];
}

/** What each folder holds of the input before. */
const written = new Map<string, string>();

/** Writes an input into a folder; nothing of an earlier input stays where the two have other names. */
export function writeFiles(files: FuzzInput['files'], folder: string): void {
  const names = [...files.keys()].join('\n');
  if (written.get(folder) !== names) rmSync(folder, { recursive: true, force: true });
  written.set(folder, names);
  for (const [name, contents] of files) {
    const path = join(folder, name);
    if (!existsSync(dirname(path))) mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  }
}
