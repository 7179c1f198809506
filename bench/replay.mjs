/**
 * Replay against plain autocannon, on the same target, alternating, in one run.
 *
 *   npm run build && node bench/replay.mjs [--url http://127.0.0.1:8080/] [--requests 20000] [--rounds 5]
 *
 * Without --url a small HTTP server is started in a process of its own. Prints requests per second of each engine at full
 * speed, as the median of the ratios to plain autocannon in the same round; the harness's CPU seconds per 100,000 requests;
 * and for 75/s and 300/s how late requests left against the schedule.
 */
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';

if (process.argv[2] === 'server') {
  const server = createServer((request, response) => request.resume().on('end', () => response.end('ok')));
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
} else await main();

async function main() {
  const { values } = parseArgs({ options: { url: { type: 'string' }, requests: { type: 'string', default: '20000' }, rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '20' } } });
  const { buildTrace } = await import('../dist/traffic/index.js');
  const replay = await import('../dist/replay/index.js');
  const child = values.url === undefined ? fork(new URL(import.meta.url), ['server']) : null;
  // However the bench ends, its server does not outlive it.
  process.on('exit', () => child?.kill());
  const port = child === null ? null : await new Promise((resolve) => child.once('message', resolve));
  const url = new URL(values.url ?? `http://127.0.0.1:${port}/`);
  const target = { host: url.hostname, port: Number(url.port || 80) };
  const requests = Number(values.requests);
  const engines = [replay.createAutocannonReplayer(), replay.createWireReplayer()];
  const traffic = { seed: 1, rate: 75, host: url.host, fields: {}, blockedStatuses: [403], mix: [{ label: 'get', weight: 1, expect: 'any', method: 'GET', path: url.pathname + url.search, headers: { Accept: '*/*' }, body: null }] };
  const job = (count, rate) => ({ target, trace: buildTrace(traffic, count), rate, blockedStatuses: [403], signal: new AbortController().signal });
  const ours = (engine) => async () => {
    const given = job(requests, null);
    return measured(async () => (await engine.start(given).done).seconds);
  };
  const plain = () => measured(() => plainAutocannon(url, requests));

  const rounds = [];
  for (let round = 0; round <= Number(values.rounds); round++) {
    const row = {};
    for (const [name, run] of shuffled([['plain', plain], ...engines.map((engine) => [engine.name, ours(engine)])])) row[name] = await run();
    if (round > 0) rounds.push(row);
  }
  const rate = (name) => median(rounds.map((row) => requests / row[name].seconds));
  const cpu = (name) => median(rounds.map((row) => (row[name].cpuSeconds / requests) * 100_000));
  console.log(`full speed, ${requests} requests, 16 connections, median of ${values.rounds} rounds`);
  console.log(`  plain autocannon   ${rate('plain').toFixed(0)}/s   CPU ${cpu('plain').toFixed(2)} s per 100k`);
  for (const { name } of engines) {
    const ratio = median(rounds.map((row) => row.plain.seconds / row[name].seconds));
    console.log(`  ${name.padEnd(18)} ${rate(name).toFixed(0)}/s   CPU ${cpu(name).toFixed(2)} s per 100k   ratio ${ratio.toFixed(2)}`);
  }
  for (const engine of engines)
    for (const perSecond of [75, 300]) {
      const given = job(Math.round(perSecond * Number(values.seconds)), perSecond);
      const { lateness, latency, seconds, answered } = await engine.start(given).done;
      console.log(`${engine.name} at ${perSecond}/s: late p50 ${lateness.p50.toFixed(2)} ms, p99 ${lateness.p99.toFixed(2)} ms, max ${lateness.max.toFixed(2)} ms; latency p50 ${latency.p50.toFixed(2)} ms, p99 ${latency.p99.toFixed(2)} ms; ${answered} answered in ${seconds.toFixed(2)} s`);
    }
  child?.disconnect();
  child?.kill();
}

/** Seconds from autocannon's first to its last answer: its own duration is rounded up to its sampling interval. */
async function plainAutocannon(url, amount) {
  const started = performance.now();
  let last = started;
  const run = autocannon({ url: url.href, amount, connections: 16, sampleInt: 100 });
  run.on('response', () => (last = performance.now()));
  await run;
  return (last - started) / 1000;
}

async function measured(run) {
  const before = process.cpuUsage();
  const seconds = await run();
  const { user, system } = process.cpuUsage(before);
  return { seconds, cpuSeconds: (user + system) / 1e6 };
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function shuffled(items) {
  return items.map((item) => [Math.random(), item]).toSorted(([a], [b]) => a - b).map(([, item]) => item);
}
