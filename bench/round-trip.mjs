/**
 * Every request once, byte for byte: trace → engine → a server that digests the raw bytes it was sent, in a process of
 * its own.
 *
 *   npm run build && node bench/round-trip.mjs [--requests 1000000] [--engines wire]
 *
 * Counts and digests must be equal, or the bench ends with 1: number of requests, and the sum modulo 2^256 of the
 * SHA-256 of each one's
 * bytes, whatever the order they came in. Prints how long it took, and the memory of this process before, with the
 * trace, and at its peak.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import { createMultisetDigest, buildTrace } from '../dist/traffic/index.js';
import { createWireReplayer } from '../dist/replay/index.js';
import { encodeRequest } from '../dist/replay/wire/wire-format.js';

const ENGINES = { wire: createWireReplayer };
const MIX = [
  {
    label: 'browse',
    weight: 6,
    expect: 'any',
    method: 'GET',
    path: '/p/{id}?q={word}',
    headers: { 'User-Agent': '{agent}', Cookie: 'sid={session}' },
    body: null,
  },
  {
    label: 'form',
    weight: 2,
    expect: 'any',
    method: 'POST',
    path: '/login',
    headers: {},
    body: { kind: 'form', fields: { user: '{word}', id: '{id}' } },
  },
  {
    label: 'json',
    weight: 2,
    expect: 'any',
    method: 'PUT',
    path: '/api/{id}',
    headers: { 'User-Agent': '{agent}' },
    body: { kind: 'json', value: { id: '{id}', tags: ['{word}', '{session}'] } },
  },
];
const FIELDS = {
  id: { kind: 'integer', from: 1, to: 500_000 },
  word: { kind: 'word', cardinality: 50_000 },
  agent: { kind: 'userAgent', cardinality: 500 },
  session: { kind: 'hex', length: 32, cardinality: 100_000 },
};

if (process.argv[2] === 'server') serve();
else await main();

async function main() {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '1000000' },
      engines: { type: 'string', default: Object.keys(ENGINES).join(',') },
    },
  });
  const before = resident();
  const trace = buildTrace(
    { seed: 1, rate: 75, host: 'shop.example', fields: FIELDS, blockedStatuses: [403], mix: MIX },
    Number(values.requests),
  );
  const withTrace = resident();
  const planned = createMultisetDigest();
  for (const request of trace.requests) planned.add('', '', encodeRequest(request));
  console.log(
    `${planned.count} requests, trace ${trace.digest.slice(0, 16)}…: ${before.toFixed(0)} MiB before, ` +
      (`${withTrace.toFixed(0)} MiB with the trace ` +
        `(${(((withTrace - before) * 1024 * 1024) / planned.count).toFixed(0)} B per request)`),
  );
  for (const name of values.engines.split(',')) {
    const server = fork(new URL(import.meta.url), ['server']);
    // Whatever ends the bench, its server ends too.
    process.on('exit', () => server.kill());
    const [port] = await once(server, 'message');
    const { answered, sentDigest, seconds } = await ENGINES[name]().start({
      target: { host: '127.0.0.1', port },
      trace,
      rate: null,
      blockedStatuses: [403],
      signal: new AbortController().signal,
    }).done;
    server.send('report');
    const [received] = await once(server, 'message');
    const equal =
      received.count === planned.count &&
      received.digest === planned.hex() &&
      sentDigest === trace.digest &&
      answered === planned.count;
    console.log(
      `${name}: ${received.count} received, ${answered} answered, digests ${equal ? 'equal' : 'DIFFER'} ` +
        (`(${received.digest.slice(0, 16)}…), ${seconds.toFixed(1)} s, peak ` +
          `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`),
    );
    if (!equal) process.exitCode = 1;
    server.kill();
  }
}

/** Digests each request's bytes; one ends where its Content-Length says. */
function serve() {
  const received = createMultisetDigest();
  const server = createServer((socket) => {
    let pending = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      for (let length = lengthOf(pending); length <= pending.length; length = lengthOf(pending)) {
        received.add('', '', pending.subarray(0, length));
        pending = pending.subarray(length);
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      }
    });
  });
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
  process.on('message', () => process.send({ count: received.count, digest: received.hex() }));
}

/** Infinity if the head is not complete. */
function lengthOf(bytes) {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return Number.POSITIVE_INFINITY;
  return end + 4 + Number(/\r\ncontent-length: *(\d+)/i.exec(bytes.toString('latin1', 0, end))?.[1] ?? 0);
}

/** MiB. Garbage is collected first if node was started with --expose-gc. */
function resident() {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1024 / 1024;
}
