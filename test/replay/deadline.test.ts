import { createServer, type AddressInfo } from 'node:net';
import { createServer as createHttp2 } from 'node:http2';
import { describe, expect, it } from 'vitest';
import type { Replayer, Trace, TraceRequest } from '../../src/model/index.js';
import { createH2Replayer } from '../../src/replay/h2/engine.js';
import { createWireReplayer } from '../../src/replay/wire/engine.js';
import { startRecordingServer } from './recording-server.js';
import { jobOf, numbered } from './traces.js';

/** Answers /3 with a byte now and then for ever, everything else at once. */
async function tricklingServer() {
  const server = createServer((socket) => {
    let trickle: NodeJS.Timeout | undefined;
    socket.on('error', () => {}).on('close', () => clearInterval(trickle));
    socket.on('data', (chunk) => {
      const endless = chunk.toString('latin1').startsWith('GET /3 ');
      if (!endless) {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
        return;
      }
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      trickle = setInterval(() => socket.write('1\r\nx\r\n'), 100);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

async function tricklingHttp2() {
  const server = createHttp2();
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    stream.respond({ ':status': 200 });
    if (headers[':path'] !== '/3') {
      stream.end('ok');
      return;
    }
    const trickle = setInterval(() => stream.write('x'), 100);
    stream.on('close', () => clearInterval(trickle));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

const PATIENCE = { longestAnswerSeconds: 3 };
const ENGINES: readonly (readonly [string, Replayer, () => Promise<{ port: number; close: () => void }>])[] = [
  ['wire', createWireReplayer(PATIENCE), tricklingServer],
  ['h2', createH2Replayer(PATIENCE), tricklingHttp2],
];

/** HTTP/2 has names in small letters alone. */
function trace(count: number): Trace {
  const plain = numbered(count);
  const requests = plain.requests.map((request): TraceRequest => ({ ...request, headers: [['host', 'test']] }));
  return { ...plain, requests, kinds: requests };
}

describe('an answer without an end', () => {
  it.each(ENGINES)('%s gives it up, counts it as not answered, and goes on', async (_, replayer, start) => {
    const server = await start();
    const began = performance.now();
    const replay = replayer.start(jobOf(server.port, trace(8), { rate: 20 }));
    const result = await replay.done;
    const waited = (performance.now() - began) / 1000;
    server.close();
    // The schedule ended seconds before the patience did: nobody ran late.
    expect(result.seconds).toBeLessThan(waited - 1);
    expect(result).toMatchObject({ sent: 8, answered: 7, counts: { page: { 200: 7, none: 1 } } });
    expect(result.statuses[3]).toBe(0);
    expect(replay.givenUp?.()).toBe(1);
  });
});

describe('a schedule that cannot be kept', () => {
  it('ends the replay when it is too far behind to count', async () => {
    await using server = await startRecordingServer(() => ({ delayMs: 1_000 }));
    const replayer = createWireReplayer({ connections: 1, mostConnections: 1 });
    const replay = replayer.start(jobOf(server.port, numbered(1_000), { rate: 1_000, mostLateSeconds: 2 }));
    await expect(replay.done).rejects.toMatchObject({ code: 'TOO_LATE' });
    expect(replay.sent()).toBeLessThan(100);
    expect(replay.behind?.()).toBeGreaterThan(1);
  });

  it('a replay that is a little behind goes on to its end', async () => {
    await using server = await startRecordingServer(() => ({ delayMs: 50 }));
    const replayer = createWireReplayer({ connections: 1, mostConnections: 1 });
    const replay = replayer.start(jobOf(server.port, numbered(20), { rate: 1_000, mostLateSeconds: 60 }));
    expect(await replay.done).toMatchObject({ sent: 20, answered: 20 });
  });
});
