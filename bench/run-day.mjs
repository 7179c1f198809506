/**
 * What a long run costs the machine that conducts it: the whole way of `slopegate run` behind the traffic (trace,
 * conductor, ledger, journal, looks, reports), over a simulated day. The stack, the answers, the observer and the clock
 * are small stand-ins; everything else is the product.
 *
 *   npm run build && node bench/run-day.mjs [--hours 1,6,24] [--services 4] [--rate 75] [--replicates 2]
 *                                           [--keep FOLDER]
 *
 * Each length is a process of its own. Prints its peak memory, seconds, and the size of what it wrote.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '1,6,24' },
    services: { type: 'string', default: '4' },
    rate: { type: 'string', default: '75' },
    replicates: { type: 'string', default: '2' },
    keep: { type: 'string' },
    child: { type: 'boolean', default: false },
  },
});
const [services, rate, replicates] = [values.services, values.rate, values.replicates].map(Number);
const root = values.keep ?? mkdtempSync(join(tmpdir(), 'slopegate-run-day-'));

if (values.child) await conductOne(Number(values.hours));
else await measureAll();

async function measureAll() {
  process.on('exit', () => values.keep === undefined && rmSync(root, { recursive: true, force: true }));
  console.log('hours   requests/arm   conducted MB   with reports MB   seconds   journal MB   reports MB   outcome');
  for (const hours of values.hours.split(',')) {
    const { child, folder, seconds } = await runChild(hours);
    const size = (names) => names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) / 1e6;
    const reports = readdirSync(folder).filter((name) => !['journal.ndjson', 'manifest.json'].includes(name));
    console.log(
      `${hours.padStart(5)}${String(child.requests).padStart(15)}${child.conducted.toFixed(0).padStart(15)}` +
        `${child.peak.toFixed(0).padStart(18)}${seconds.toFixed(0).padStart(10)}` +
        `${size(['journal.ndjson']).toFixed(1).padStart(13)}${size(reports).toFixed(1).padStart(13)}` +
        `   ${child.outcome}`,
    );
    if (values.keep === undefined) rmSync(folder, { recursive: true });
  }
}

async function runChild(hours) {
  const begun = performance.now();
  const same = ['services', 'rate', 'replicates'].flatMap((name) => [`--${name}`, values[name]]);
  const argv = [import.meta.filename ?? new URL(import.meta.url).pathname, '--child', '--hours', hours, '--keep', root];
  const child = spawn(process.execPath, [...argv, ...same], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  child.stdout.on('data', (piece) => (told += piece));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`the run of ${hours} h ended with ${code}`);
  const answer = JSON.parse(told);
  return { child: answer, folder: answer.folder, seconds: (performance.now() - begun) / 1000 };
}

/** One run in this process. */
async function conductOne(hours) {
  const { conduct, planExperiment } = await import('../dist/experiment/index.js');
  const { createRunDirectory } = await import('../dist/journal/index.js');
  const { judgeDirectory, judgeRecording, readRun } = await import('../dist/run/judgement.js');
  const { buildTrace } = await import('../dist/traffic/index.js');
  const { loadScenario } = await import('../dist/scenario/index.js');
  const given = await loadScenario(new URL('../scenarios/modsecurity-crs/upgrade.yaml', import.meta.url).pathname);
  const scenario = {
    ...given,
    stack: { ...given.stack, origin: null, roles: {}, unjudged: [] },
    traffic: { ...given.traffic, rate },
    experiment: {
      ...given.experiment,
      order: 'concurrent',
      looks: [replicates],
      warmup: { requests: 0, seconds: 60 },
      window: { requests: 0, seconds: hours * 3600 },
      actions: [],
    },
    gate: { ...given.gate, confirm: 'never', lookWeights: [1] },
  };
  const plan = planExperiment(scenario.experiment, rate);
  const { warmup, window } = plan.rounds[0].requests;
  const traces = new Map();
  const traceOf = (requests) => {
    if (!traces.has(requests))
      traces.set(requests, buildTrace(scenario.traffic, requests, [], { warmup, window, rate }));
    return traces.get(requests);
  };
  const trace = traceOf(warmup + window);
  const runId = `day-${hours}`;
  const run = createRunDirectory(root, {
    schema: 'slopegate.recording/4',
    runId,
    startedAt: new Date(0).toISOString(),
    endedAt: null,
    scenario: { ...scenario, file: 'upgrade.yaml' },
    trace: {
      seed: trace.seed,
      digest: trace.digest,
      requests: trace.length,
      labels: trace.labels,
      blocks: trace.blocks,
    },
    host: null,
    notes: [],
  });
  run.journal.labels(labelsOf(trace), trace.length);
  const clock = simulatedClock();
  const names = Array.from({ length: services }, (_, index) => `service-${index + 1}`);
  await conduct({
    scenario,
    plan,
    runId,
    traceOf,
    stack: { prepare: async () => {}, up: async ({ arm, trialId }) => simulatedArm(arm, trialId, names) },
    replayer: await simulatedReplayer(clock),
    observer: simulatedObserver(clock),
    host: { open: async () => ({ notes: [], sample: async () => ({ cpu: 0.1, memory: 0, io: 0, stolen: 0 }) }) },
    journal: run.journal,
    clock,
    decide: async () => judgeRecording((await readRun(run.directory)).recording).next,
    onEvent: () => {},
    signal: new AbortController().signal,
  });
  run.close(new Date(0).toISOString());
  const conducted = process.resourceUsage().maxRSS / 1024;
  const { result } = await judgeDirectory(run.directory, () => {});
  const peak = process.resourceUsage().maxRSS / 1024;
  const { outcome } = result.verdict;
  process.stdout.write(JSON.stringify({ conducted, peak, outcome, requests: trace.length, folder: run.directory }));
}

function* labelsOf({ requests }) {
  for (const { label } of requests) yield label;
}

/** Sleepers wake in the order of their time; the clock jumps from one to the next. */
function simulatedClock() {
  let now = 0;
  const sleepers = [];
  let scheduled = false;
  const wake = () => {
    scheduled = false;
    sleepers.sort((a, b) => a.at - b.at);
    const next = sleepers.shift();
    if (next === undefined) return;
    now = Math.max(now, next.at);
    next.resolve();
    if (sleepers.length > 0) plan();
  };
  const plan = () => {
    if (!scheduled) setImmediate(wake);
    scheduled = true;
  };
  return {
    seconds: () => now,
    now: () => new Date(1000 * now),
    sleep: (seconds) =>
      new Promise((resolve) => {
        sleepers.push({ at: now + seconds, resolve });
        plan();
      }),
  };
}

function simulatedArm(arm, trialId, names) {
  const containers = names.map((service) => ({ id: `${trialId}-${service}`, name: service, service, container: 1 }));
  return {
    arm,
    project: trialId,
    entry: { host: '127.0.0.1', port: 1 },
    containers,
    facts: names.map((service) => ({
      service,
      container: 1,
      image: service,
      imageId: `sha256:${arm}`,
      versions: {},
      memoryLimitBytes: null,
      cpus: null,
    })),
    perform: async () => {},
    lastLog: async () => '',
    resetOrigin: async () => {},
    originCounts: async () => null,
    [Symbol.asyncDispose]: async () => {},
  };
}

/** Sends nothing, and enters every request of the trace into the product's own ledger, a second of them at a time. */
async function simulatedReplayer(clock) {
  const { Ledger } = await import('../dist/lanes/ledger.js');
  const { requestReader } = await import('../dist/lanes/request-reader.js');
  const { decodeRequest, encodeRequest } = await import('../dist/replay/wire/wire-format.js');
  return {
    name: 'simulated',
    start: ({ trace, rate: perSecond, blockedStatuses, signal }) => {
      const ledger = new Ledger(trace, blockedStatuses, () => 1000 * clock.seconds());
      const requestAt = requestReader(trace);
      const began = clock.seconds();
      const work = async () => {
        while (ledger.sent < trace.length) {
          await clock.sleep(1, signal);
          const due = Math.min(trace.length, Math.floor((clock.seconds() - began) * perSecond));
          while (ledger.sent < due) {
            const index = ledger.sent;
            const request = requestAt(index);
            ledger.enter(index, decodeRequest(encodeRequest(request), request), 1000 * clock.seconds());
            ledger.answer(index, request.expect === 'blocked' ? 403 : 200);
          }
        }
        const seconds = trace.length / perSecond;
        return ledger.result('wire', seconds, seconds);
      };
      return { answered: () => ledger.served, sent: () => ledger.sent, done: work() };
    },
  };
}

/** One reading a second of every container, all metrics; each service moves in steps of 64 KiB. */
function simulatedObserver(clock) {
  return {
    observe: async ({ containers, answered, elapsed, onReading }) => {
      const state = { over: false };
      const watch = async () => {
        for (let second = 1; !state.over; second += 1) {
          await clock.sleep(Math.max(0, second - elapsed()), null);
          if (state.over) return;
          for (const [place, { service, container }] of containers.entries()) {
            const memory = 64 * 1024 * (500 + 10 * place + Math.floor(Math.random() * 3));
            const values = {
              unreclaimable_bytes: memory,
              anon_bytes: memory,
              usage_bytes: memory + 1e6,
              fds: 20,
              threads: 4,
            };
            onReading({ service, container, time: second, requests: answered(), minimum: values, median: values });
          }
        }
      };
      void watch();
      return { source: 'simulated', notes: [], [Symbol.asyncDispose]: async () => void (state.over = true) };
    },
  };
}
