import { describe, expect, test } from 'vitest';
import { createWireReplayer, type WireOptions } from '../../../src/replay/index.js';
import { startTlsServer } from '../tls-server.js';
import { startRecordingServer } from '../recording-server.js';
import { jobOf, numbered, traceOf } from '../traces.js';
import { startConnectionLog } from './connection-log.js';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

/** How many requests each connection carried. */
async function carriedBy(options: WireOptions, requests: number, rate: number | null = null): Promise<number[]> {
  await using log = await startConnectionLog((bytes) => (bytes.endsWith('\r\n\r\n') ? OK : null));
  const result = await createWireReplayer(options).start(jobOf(log.port, numbered(requests), { rate })).done;
  expect(result).toMatchObject({ sent: requests, answered: requests, sentDigest: result.plannedDigest });
  return log.connections.map(({ bytes }) => bytes.split('GET ').length - 1).filter((count) => count > 0);
}

describe('keep-alive', () => {
  test.each([1, 7])('a connection carries %s requests and no more', async (requests) => {
    const counts = await carriedBy({ connections: 1, keepAlive: { requests } }, 21);
    expect(counts).toEqual(Array.from({ length: 21 / requests }, () => requests));
  });

  test('over several connections, too', async () => {
    const counts = await carriedBy({ connections: 3, keepAlive: { requests: 5 } }, 100);
    expect(Math.max(...counts)).toBe(5);
    expect(counts.length).toBeGreaterThanOrEqual(20);
    expect(counts.length).toBeLessThanOrEqual(22);
  });

  test('a connection leaves when it is old', async () => {
    const counts = await carriedBy({ connections: 1, mostConnections: 1, keepAlive: { seconds: 0.1 } }, 40, 100);
    expect(counts.length).toBeGreaterThanOrEqual(3);
    expect(counts.length).toBeLessThanOrEqual(5);
  });

  test('a pipeline is answered to its end first', async () => {
    const trace = traceOf([{ behaviour: { pipelined: true } }, { behaviour: { pipelined: true } }, {}, {}]);
    await using log = await startConnectionLog((bytes) =>
      bytes.endsWith('\r\n\r\n') ? OK.repeat(bytes.split('GET ').length - 1) : null,
    );
    expect(
      await createWireReplayer({ connections: 1, keepAlive: { requests: 2 } }).start(jobOf(log.port, trace)).done,
    ).toMatchObject({ answered: 4 });
    expect(log.connections.map(({ bytes }) => bytes.split('GET ').length - 1)).toEqual([3, 1]);
  });
});

describe('reconnecting all connections', () => {
  test('closes every connection before the request at which this is due', async () => {
    expect(await carriedBy({ connections: 1, reconnectEvery: 10 }, 35)).toEqual([10, 10, 10, 5]);
  });

  test('opens as many as it dropped, and resumes their sessions', async () => {
    await using server = await startTlsServer();
    const replayer = createWireReplayer({
      connections: 4,
      mostConnections: 4,
      reconnectEvery: 50,
      tls: { verify: false, session: 'reuse', clientCertificates: [] },
    });
    const result = await replayer.start(jobOf(server.port, numbered(200), { rate: 400 })).done;
    expect(result).toMatchObject({
      answered: 200,
      sentDigest: result.plannedDigest,
      connections: { opened: 16, resumed: 12 },
    });
    expect(server.handshakes.map(({ reused }) => reused)).toEqual([
      ...Array<boolean>(4).fill(false),
      ...Array<boolean>(12).fill(true),
    ]);
  });

  test('waits for outstanding answers, and loses nothing', async () => {
    await using server = await startRecordingServer(() => ({ delayMs: 20 }));
    const result = await createWireReplayer({ connections: 8, reconnectEvery: 25 }).start(
      jobOf(server.port, numbered(100), { rate: 300 }),
    ).done;
    expect(result).toMatchObject({ answered: 100, counts: { page: { '200': 100 } }, sentDigest: result.plannedDigest });
    expect(server.requests).toHaveLength(100);
    expect(server.connections).toBeGreaterThanOrEqual(32);
  });

  test('is the same for both arms, whatever their speed', async () => {
    const stormsAt = async (delayMs: number): Promise<number[]> => {
      await using log = await startConnectionLog((bytes, socket) => {
        if (bytes.endsWith('\r\n\r\n')) setTimeout(() => socket.write(OK), delayMs);
        return null;
      });
      await createWireReplayer({ connections: 1, reconnectEvery: 6 }).start(jobOf(log.port, numbered(20))).done;
      return log.connections.map(({ bytes }) => bytes.split('GET ').length - 1);
    };
    expect(await stormsAt(8)).toEqual(await stormsAt(0));
  });
});
