/**
 * What a long recording costs to judge and render: `slopegate analyze` as a process of its own, over recordings of
 * growing length.
 *
 *   npm run build && node bench/day.mjs [--hours 1.5,6,24] [--services 16] [--replicates 5] [--rate 75] [--seed 1]
 * [--keep FOLDER]
 *
 * Every recording is written by the product's own journal, one reading a second of every service in every trial, all
 * metrics:
 * memory in steps, services that fluctuate, and one that leaks 64 B/request in the candidate. Prints seconds and peak
 * memory of
 * the child, and how they grow with length. A day needs 3.3 GB of disk while it is judged; --keep leaves the recordings
 * behind.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { METRICS, RECORDING_SCHEMA } from '../dist/model/index.js';
import { appendFile } from '../dist/journal/lines/append-file.js';
import { runJournal } from '../dist/journal/lines/run-journal.js';

const WARMUP = 60;
const IDLE = 10;
const LEAK = 64;
const PAGE = 4096;
/** The child tells its own peak when it ends: Node knows that of no child. */
const TELL_PEAK = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs';" +
    "process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())));",
)}`;

const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '1.5,6,24' },
    services: { type: 'string', default: '16' },
    replicates: { type: 'string', default: '5' },
    rate: { type: 'string', default: '75' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'string' },
  },
});
const [services, replicates, rate] = [values.services, values.replicates, values.rate].map(Number);
const root = values.keep ?? mkdtempSync(join(tmpdir(), 'slopegate-day-'));
const drop = () => values.keep === undefined && rmSync(root, { recursive: true, force: true });
process.on('exit', drop);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

console.log(
  'hours   readings   journal MB   report MB   outcome         seconds   CPU s   peak MB   per hour: seconds   MB',
);
let shorter = null;
for (const hours of values.hours.split(',').map(Number)) {
  const directory = join(root, `${hours}h`);
  const readings = record(directory, Math.round(hours * 3600));
  const used = await analyze(directory);
  const megabytes = (file) => (statSync(join(directory, file)).size / 1e6).toFixed(1);
  const perHour = (key) => (used[key] - shorter[key]) / (hours - shorter.hours);
  const cells = [
    String(hours).padStart(5),
    String(readings).padStart(11),
    megabytes('journal.ndjson').padStart(13),
    megabytes('report.html').padStart(12),
    `   ${used.outcome.padEnd(14)}`,
    used.seconds.toFixed(1).padStart(9),
    used.cpu.toFixed(1).padStart(8),
    used.peak.toFixed(0).padStart(10),
    ...(shorter === null ? [] : [perHour('seconds').toFixed(2).padStart(17), perHour('peak').toFixed(1).padStart(9)]),
  ];
  console.log(cells.join(''));
  shorter = { hours, ...used };
  if (values.keep === undefined) rmSync(directory, { recursive: true });
}

/** `slopegate analyze DIRECTORY` from start to end: wall and CPU seconds, peak resident MB, and what it came to. */
async function analyze(directory) {
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', TELL_PEAK, new URL('../bin/slopegate.js', import.meta.url).pathname, 'analyze', directory],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] },
  );
  let told = '';
  let said = '';
  child.stderr.on('data', (piece) => (said += piece));
  child.stdio[3].on('data', (piece) => (told += piece));
  const code = await new Promise((resolve) => child.once('close', resolve));
  const seconds = (performance.now() - begun) / 1000;
  if (told === '') throw new Error(`analyze died (${child.signalCode ?? code}): ${said}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(told);
  return {
    seconds,
    cpu: (userCPUTime + systemCPUTime) / 1e6,
    peak: (maxRSS * 1024) / 1e6,
    outcome: { 0: 'pass', 1: 'fail', 3: 'inconclusive', 4: 'invalid' }[code] ?? `exit ${code}`,
  };
}

/** Writes a run directory whose window has so many seconds; the number of its readings. */
function record(directory, window) {
  const random = mulberry32(Number(values.seed));
  mkdirSync(directory, { recursive: true });
  const manifest = JSON.parse(readFileSync(new URL('../reports/example/manifest.json', import.meta.url), 'utf8'));
  const { scenario, trace } = manifest;
  const names = Array.from({ length: services }, (_, index) => (index === 0 ? 'waf' : `service-${index}`));
  const spans = {
    warmup: { requests: 0, seconds: WARMUP },
    window: { requests: 0, seconds: window },
    idleSeconds: IDLE,
  };
  const requests = rate * (WARMUP + window);
  const labels = Array.from({ length: requests }, () =>
    random() < 0.2 ? 'attack' : random() < 0.5 ? 'search' : 'order',
  );
  const statuses = Uint16Array.from(labels, (label) => (label === 'attack' ? 403 : 200));
  const planned = Object.fromEntries(
    ['attack', 'search', 'order'].map((name) => [name, labels.reduce((sum, label) => sum + (label === name), 0)]),
  );
  const counts = Object.fromEntries(
    Object.entries(planned).map(([name, number]) => [name, { [name === 'attack' ? 403 : 200]: number }]),
  );
  const passed = requests - planned.attack;
  const runId = `day-${window}`;
  const written = JSON.stringify({
    ...manifest,
    schema: RECORDING_SCHEMA,
    runId,
    notes: [],
    scenario: {
      ...scenario,
      experiment: { ...scenario.experiment, ...spans, looks: [replicates] },
      gate: { ...scenario.gate, lookWeights: [1] },
      stack: { ...scenario.stack, unjudged: [] },
      traffic: { ...scenario.traffic, rate },
    },
    trace: { ...trace, requests, labels: planned },
  });
  writeFileSync(join(directory, 'manifest.json'), written);
  const file = appendFile(join(directory, 'journal.ndjson'), (failure) => {
    throw failure;
  });
  const journal = runJournal(batched(file));
  journal.begun(runId);
  journal.manifestSealed(createHash('sha256').update(written).digest('hex'));
  journal.labels(labels, requests);
  for (let replicate = 1; replicate <= replicates; replicate += 1) {
    const trials = ['baseline', 'candidate'].map((arm) => ({
      id: `r${replicate}-${arm}`,
      arm,
      replicate,
      purpose: 'replicate',
    }));
    for (const trial of trials) {
      journal.trialStarted(trial, manifest.startedAt);
      journal.clockAtZero(trial.id, manifest.startedAt);
      journal.containers(
        trial.id,
        names.map((service) => ({
          service,
          container: 1,
          image: `${service}:1`,
          imageId: `sha256:${service}`,
          versions: {},
          memoryLimitBytes: null,
          cpus: null,
        })),
      );
    }
    const memories = trials.map(({ arm }) =>
      names.map((_, index) => memory(random, index, arm === 'candidate' && index === 3 ? LEAK : 0)),
    );
    const total = WARMUP + window + IDLE;
    for (let time = 1; time <= total; time += 1)
      trials.forEach(({ id }, which) => {
        const answered = Math.min(requests, time * rate);
        names.forEach((service, index) =>
          journal.reading(id, { service, container: 1, time, requests: answered, ...memories[which][index](answered) }),
        );
      });
    for (const { id } of trials) {
      const edges = { warmup: [0, WARMUP], window: [WARMUP, WARMUP + window], idle: [WARMUP + window, total] };
      const at = (time) => ({ time, requests: Math.min(requests, time * rate) });
      for (const [name, [from, to]] of Object.entries(edges)) journal.phase(id, { name, from: at(from), to: at(to) });
      const late = { p50: 0.1, p99: 1, max: 20 };
      const { digest } = trace;
      journal.replay(id, {
        engine: 'bench',
        planned: requests,
        sent: requests,
        answered: requests,
        plannedDigest: digest,
        sentDigest: digest,
        counts,
        statuses,
        passedDigest: digest,
        passedCount: passed,
        seconds: WARMUP + window,
        lateness: late,
        latency: late,
      });
      journal.origin(id, { requests: passed, digest });
      journal.trialEnded(id, null);
    }
  }
  file.close();
  return replicates * 2 * services * (WARMUP + window + IDLE);
}

/** Lines handed to the kernel some thousands at a time: an experiment waits for its clock, a bench for its disk. */
function batched(file) {
  let lines = [];
  const flush = () => {
    if (lines.length > 0) file.line(lines.join('\n'));
    lines = [];
  };
  return { ...file, line: (text) => (lines.push(text) === 5_000 ? flush() : undefined), sync: flush };
}

/** Memory and counts of one container over the requests it answered: steps of whole pages, churn, and what it leaks. */
function memory(random, index, leak) {
  const base = PAGE * Math.round(4_000 + 1_500 * index + 200 * random());
  const churn = index % 3;
  let steps = 0;
  return (answered) => {
    if (random() < 0.002 / (1 + answered / 200_000)) steps += 33;
    const anon = base + PAGE * (steps + Math.floor((leak * answered) / PAGE) + Math.floor(churn * 8 * random()));
    const file = PAGE * 120;
    const kernel = 1_236_992 + PAGE * Math.floor(3 * random());
    const fds = 34 + Math.floor(4 * random());
    const column = [anon + PAGE, anon, PAGE, file, kernel, 0, anon + file + kernel, anon + kernel, 3, 3, fds, fds - 16];
    const minimum = Object.fromEntries(METRICS.map((metric, place) => [metric, column[place]]));
    const above = random() < 0.3 ? PAGE : 0;
    return {
      minimum,
      median:
        above === 0 ? minimum : { ...minimum, unreclaimable_bytes: anon + PAGE + above, anon_bytes: anon + above },
    };
  };
}

function mulberry32(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
