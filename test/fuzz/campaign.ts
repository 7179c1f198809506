import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { WorkerReport, WorkerTask } from './worker.js';

/**
 * Tries damaged inputs for as long as it is asked to, in one worker that is watched: an input that takes too much time
 * or memory is a finding, and the work goes on behind it. Exit code 1 where anything was found.
 */
const MOST_MEGABYTES = 1000;
/** So much time of the processor for one input is a hang. */
const MOST_SECONDS = 20;
/** Room for what an input leaves behind, so that it is cleared away seldom. */
const YOUNG_MEGABYTES = 96;
const WATCH_MS = 250;
const TELL_MS = 30_000;

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
  },
});
const [inputs, seconds, seed, first] = [values.inputs, values.seconds, values.seed, values.from].map(Number) as [
  number,
  number,
  number,
  number,
];

const root = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'slopegate-fuzz-'));
const kept = join(tmpdir(), `slopegate-fuzz-findings-${seed}`);
const began = performance.now();
const counts = new Map<string, number>();
/** Findings by what was done and what came of it. */
const findings = new Map<string, number>();
let mostMegabytes = 0;

const elapsed = (): number => (performance.now() - began) / 1000;
const sum = (numbers: Iterable<number>): number => [...numbers].reduce((all, number) => all + number, 0);
const summary = (): string =>
  `${sum(counts.values())} inputs in ${Math.round(elapsed())} s, ${sum(findings.values())} findings, ` +
  `at most ${Math.round(mostMegabytes)} MB`;
const print = (text: string): void => void process.stdout.write(`${text}\n`);

function found(number: number, what: string): void {
  const alike = what.split('\n').slice(0, 3).join(' | ');
  const before = findings.get(alike) ?? 0;
  findings.set(alike, before + 1);
  if (before === 0) print(`finding: input ${number} of seed ${seed}: ${alike}`);
}

/** One worker from an input on. @returns the first input that is still to be tried */
function workFrom(from: number): Promise<number> {
  const current = new Int32Array(new SharedArrayBuffer(4));
  current[0] = from;
  const task: WorkerTask = { root, folder, kept, seed, from, to: first + inputs, current };
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    });
    let [last, since] = [-1, 0];
    const end = (next: number): void => {
      clearInterval(watch);
      void worker.terminate().then(() => resolve(next));
    };
    const watch = setInterval(() => {
      const [now, used] = [Atomics.load(current, 0), process.cpuUsage()];
      const cpu = (used.user + used.system) / 1e6;
      const megabytes = process.memoryUsage.rss() / 1e6;
      if (now !== last) [last, since] = [now, cpu];
      mostMegabytes = Math.max(mostMegabytes, megabytes);
      const what =
        cpu - since > MOST_SECONDS
          ? `more than ${MOST_SECONDS} s of the processor`
          : megabytes > MOST_MEGABYTES
            ? `${Math.round(megabytes)} MB of memory`
            : null;
      if (what !== null) {
        found(now, what);
        end(now + 1);
      } else if (elapsed() > seconds) end(first + inputs);
    }, WATCH_MS);
    worker.on('message', (report: WorkerReport) => {
      if (report.type === 'finding') found(report.input, report.what);
      else for (const [way, count] of Object.entries(report.counts)) counts.set(way, (counts.get(way) ?? 0) + count);
    });
    worker.on('error', (error: Error) => {
      const now = Atomics.load(current, 0);
      found(now, `the worker ended: ${error.stack ?? error.message}`);
      end(now + 1);
    });
    worker.on('exit', () => end(first + inputs));
  });
}

const telling = setInterval(() => print(summary()), TELL_MS);
print(`fuzz: ${inputs} inputs from number ${first} of seed ${seed}, at most ${seconds} s`);
for (let next = first; next < first + inputs && elapsed() < seconds;) next = await workFrom(next);
clearInterval(telling);
rmSync(folder, { recursive: true, force: true });

const kinds = new Set([...counts.keys()].map((way) => way.split('\t')[0]!));
for (const kind of kinds) {
  const ways = [...counts].filter(([way]) => way.startsWith(`${kind}\t`)).sort(([, a], [, b]) => b - a);
  print(`${kind}: ${sum(ways.map(([, count]) => count))}`);
  for (const [way, count] of ways) print(`  ${count} ${way.split('\t')[1]}`);
}
for (const [alike, count] of findings) print(`${count} times: ${alike}`);
if (existsSync(kept)) print(`Inputs that went wrong are kept in ${kept}.`);
print(summary());
process.exitCode = findings.size === 0 ? 0 : 1;
