/**
 * Replay against plain autocannon and wrk, on the same nginx container, alternating, in one run.
 *
 *   npm run build && node bench/replay.mjs [--requests 20000] [--rounds 5] [--rates 75,300,1000] [--seconds 20] [--url
 * http://127.0.0.1:8080/]
 *
 * Without --url an nginx container is brought up, and taken away at the end. Prints requests per second of each at full
 * speed over 16
 * connections, as the median of the ratios to plain autocannon in the same round; the client's CPU seconds per 100,000
 * requests; and for
 * each rate how late requests left against the schedule.
 */
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { createAutocannonReplayer, createWireReplayer } from '../dist/replay/index.js';
import { buildTrace } from '../dist/traffic/index.js';
import { startNginx } from './nginx.mjs';

const CONNECTIONS = 16;
const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    requests: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '5' },
    rates: { type: 'string', default: '75,300,1000' },
    seconds: { type: 'string', default: '20' },
  },
});
const requests = Number(values.requests);
const seconds = Number(values.seconds);
const engines = [createAutocannonReplayer(), createWireReplayer()];

const nginx = values.url === undefined ? startNginx() : null;
// Whatever ends the bench, its container is removed.
process.on('exit', () => nginx?.stop());
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
const url = new URL(values.url ?? nginx.url);
await sleep(1000);
await fullSpeed();
for (const engine of engines)
  for (const rate of values.rates.split(',').map(Number)) await measureLateness(engine, rate);

async function fullSpeed() {
  const ours = (engine) => [
    engine.name,
    () => measured(async () => requests / (await engine.start(job(requests, null)).done).seconds),
  ];
  const programs = [
    ['plain autocannon', () => measured(plainAutocannon)],
    ...(hasWrk() ? [['wrk', wrk]] : []),
    ...engines.map(ours),
  ];
  const rounds = [];
  for (let round = 0; round <= Number(values.rounds); round++) {
    const row = {};
    for (const [name, run] of shuffled(programs)) row[name] = await run();
    // The first round warms everything up.
    if (round > 0) rounds.push(row);
  }
  console.log(
    `full speed, ${requests} requests (wrk: 3 s), ${CONNECTIONS} connections, median of ${rounds.length} rounds`,
  );
  for (const [name] of programs) {
    const of = (what) => median(rounds.map((row) => what(row[name], row['plain autocannon'])));
    console.log(
      `  ${name.padEnd(17)} ${of((one) => one.rate).toFixed(0)}/s   ratio ` +
        `${of((one, plain) => one.rate / plain.rate).toFixed(2)}   CPU ${of((one) => one.cpu).toFixed(2)} s per 100k`,
    );
  }
}

async function measureLateness(engine, rate) {
  const {
    lateness,
    latency,
    seconds: took,
    answered,
    planned,
  } = await engine.start(job(Math.round(rate * seconds), rate)).done;
  const of = ({ p50, p99, max }) => `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, max ${max.toFixed(1)} ms`;
  console.log(
    `${engine.name} at ${rate}/s: late ${of(lateness)}; answers ${of(latency)}; ${answered} of ` +
      `${planned} in ${took.toFixed(2)} s`,
  );
}

function job(count, rate) {
  const mix = [
    {
      label: 'get',
      weight: 1,
      expect: 'any',
      method: 'GET',
      path: url.pathname + url.search,
      headers: { Accept: '*/*' },
      body: null,
    },
  ];
  const trace = buildTrace({ seed: 1, rate: 75, host: url.host, fields: {}, blockedStatuses: [403], mix }, count);
  return {
    target: { host: url.hostname, port: Number(url.port || 80) },
    trace,
    rate,
    blockedStatuses: [403],
    signal: new AbortController().signal,
  };
}

/**
 * Requests per second from autocannon's first to its last answer: its own duration is rounded up to its sampling
 * interval.
 */
async function plainAutocannon() {
  const started = performance.now();
  let last = started;
  const run = autocannon({ url: url.href, amount: requests, connections: CONNECTIONS, sampleInt: 100 });
  run.on('response', () => (last = performance.now()));
  await run;
  return (1000 * requests) / (last - started);
}

function hasWrk() {
  if (spawnSync('wrk', ['--version']).error === undefined) return true;
  console.log('wrk is not installed and left out (apt-get install wrk)');
  return false;
}

/** wrk goes by time, not by number; the shell's `time` says what CPU it used. */
function wrk() {
  const { stdout, stderr } = spawnSync(
    'bash',
    ['-c', `TIMEFORMAT='%U %S'; time wrk -t1 -c${CONNECTIONS} -d3s ${url.href}`],
    { encoding: 'utf8' },
  );
  const count = Number(/(\d+) requests in/.exec(stdout)?.[1]);
  const [user, system] = stderr.trim().split(/\s+/).slice(-2).map(Number);
  return { rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]), cpu: ((user + system) / count) * 100_000 };
}

async function measured(run) {
  const before = process.cpuUsage();
  const rate = await run();
  const { user, system } = process.cpuUsage(before);
  return { rate, cpu: ((user + system) / 1e6 / requests) * 100_000 };
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function shuffled(items) {
  return items
    .map((item) => [Math.random(), item])
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item);
}
