import { createServer } from 'node:net';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Replayer } from '../../src/model/index.js';
import { encodeRequest } from '../../src/replay/wire/wire-format.js';
import { createMultisetDigest } from '../../src/traffic/index.js';
import { startRecordingServer } from './recording-server.js';
import { anyParts, jobOf, numbered, traceOf } from './traces.js';

export interface EngineOptions {
  readonly connections?: number;
  readonly timeoutSeconds?: number;
  readonly giveUpSeconds?: number;
}

/** What every engine behind the port must do, whatever the target does. */
export function describeReplayer(name: string, create: (options?: EngineOptions) => Replayer): void {
  describe(`${name}: every request once`, { timeout: 60_000 }, () => {
    test('byte for byte, in any trace', async () => {
      await using server = await startRecordingServer();
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyParts, { maxLength: 30 }),
          fc.integer({ min: 1, max: 5 }),
          async (parts, connections) => {
            const before = server.requests.length;
            const trace = traceOf(parts);
            const result = await create({ connections }).start(jobOf(server.port, trace)).done;
            const seen = server.requests.slice(before).map((bytes) => bytes.toString('latin1'));
            expect(seen.sort()).toEqual(
              trace.requests.map((request) => encodeRequest(request).toString('latin1')).sort(),
            );
            expect(result).toMatchObject({
              sent: parts.length,
              answered: parts.length,
              sentDigest: trace.digest,
              statuses: Uint16Array.from(parts, () => 200),
            });
          },
        ),
        { numRuns: 40 },
      );
    });

    test.each([null, 400, 333.3])('at rate %s in the order of the trace', async (rate) => {
      await using server = await startRecordingServer();
      const trace = numbered(60);
      const result = await create({ connections: 1 }).start(jobOf(server.port, trace, { rate })).done;
      expect(server.requests.map((bytes) => bytes.toString('latin1'))).toEqual(
        trace.requests.map((request) => encodeRequest(request).toString('latin1')),
      );
      expect(result.sentDigest).toBe(trace.digest);
      expect(server.connections).toBe(1);
    });

    test('an empty trace is done at once', async () => {
      expect(await create().start(jobOf(1, traceOf([]))).done).toMatchObject({ planned: 0, sent: 0, answered: 0 });
    });
  });

  describe(`${name}: the books`, { timeout: 60_000 }, () => {
    test('count statuses by label, and 403 is an answer that does not pass', async () => {
      await using server = await startRecordingServer((_, request) => ({
        status: request.includes('attack') ? 403 : 200,
      }));
      const trace = traceOf(
        Array.from({ length: 40 }, (_, i) =>
          i % 4 === 0
            ? { label: 'sqli', target: `/attack/${i}` }
            : { label: 'browse', method: 'POST', body: Buffer.from(`b${i}`) },
        ),
      );
      const result = await create({ connections: 3 }).start(jobOf(server.port, trace)).done;
      const passed = createMultisetDigest();
      for (const { label, method, target, body } of trace.requests)
        if (label === 'browse') passed.add(method, target, body);
      expect(result).toMatchObject({
        planned: 40,
        sent: 40,
        answered: 40,
        plannedDigest: trace.digest,
        counts: { sqli: { '403': 10 }, browse: { '200': 30 } },
        passedCount: 30,
        passedDigest: passed.hex(),
      });
      expect(result.statuses[0]).toBe(403);
      expect(result.statuses[1]).toBe(200);
    });

    test('are live and monotone', async () => {
      await using server = await startRecordingServer(() => ({ delayMs: 1 }));
      const running = create({ connections: 2 }).start(jobOf(server.port, numbered(50)));
      const seen: number[] = [];
      const timer = setInterval(() => seen.push(running.answered()), 2);
      await running.done;
      clearInterval(timer);
      expect(running.answered()).toBe(50);
      expect(running.sent()).toBe(50);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
    });

    test('stay apart when two replays run at the same time', async () => {
      await using one = await startRecordingServer();
      await using two = await startRecordingServer(() => ({ status: 403 }));
      const replayer = create({ connections: 2 });
      const [a, b] = await Promise.all([
        replayer.start(jobOf(one.port, numbered(80))).done,
        replayer.start(jobOf(two.port, numbered(70))).done,
      ]);
      expect(a.counts).toEqual({ page: { '200': 80 } });
      expect(b.counts).toEqual({ page: { '403': 70 } });
      expect([one.requests.length, two.requests.length]).toEqual([80, 70]);
    });
  });

  describe(`${name}: a target that closes connections`, { timeout: 60_000 }, () => {
    test('and says so, loses nothing', async () => {
      await using server = await startRecordingServer((n) =>
        n % 7 === 6 ? { headers: ['Content-Length: 2', 'Connection: close'], after: 'end' } : {},
      );
      const trace = numbered(100);
      const result = await create({ connections: 3 }).start(jobOf(server.port, trace)).done;
      expect(result).toMatchObject({ sent: 100, answered: 100, sentDigest: trace.digest });
      expect(server.requests).toHaveLength(100);
    });

    test.each([
      ['hangup', 'closed'],
      ['reset', 'none'],
    ] as const)('without an answer (%s), has that request counted as %s and never again', async (after, counted) => {
      await using server = await startRecordingServer((n) => (n % 10 === 5 ? { after } : {}));
      const trace = numbered(100);
      const result = await create({ connections: 3 }).start(jobOf(server.port, trace)).done;
      expect(result).toMatchObject({
        sent: 100,
        answered: 90,
        sentDigest: trace.digest,
        passedCount: 90,
        counts: { page: { '200': 90, [counted]: 10 } },
      });
      expect(new Set(server.requests.map(String)).size).toBe(100);
      expect(server.requests).toHaveLength(100);
      expect(Array.from(result.statuses).filter((status) => status === 0)).toHaveLength(10);
    });

    test('in the middle of an answer, has that request counted as none', async () => {
      await using server = await startRecordingServer((n) =>
        n === 5 ? { raw: 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut', after: 'end' } : {},
      );
      const result = await create({ connections: 2 }).start(jobOf(server.port, numbered(20))).done;
      expect(result.counts).toEqual({ page: { '200': 19, none: 1 } });
    });

    test('after each answer without saying so, neither loses count nor sends twice', async () => {
      await using server = await startRecordingServer(() => ({ after: 'end' }));
      const result = await create({ connections: 3 }).start(jobOf(server.port, numbered(60), { rate: 300 })).done;
      expect(result.sent).toBe(60);
      expect(new Set(server.requests.map(String)).size).toBe(server.requests.length);
      expect(server.requests.length).toBeGreaterThanOrEqual(result.answered);
    });

    test('to end a body without a length, is an answer', async () => {
      await using server = await startRecordingServer(() => ({
        raw: 'HTTP/1.1 200 OK\r\n\r\nuntil the end',
        after: 'end',
      }));
      const result = await create({ connections: 2 }).start(jobOf(server.port, numbered(10))).done;
      expect(result).toMatchObject({ answered: 10, counts: { page: { '200': 10 } } });
    });
  });

  describe(`${name}: odd answers`, { timeout: 60_000 }, () => {
    test.each([
      [
        'chunked',
        { raw: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nok\r\n0\r\nTrailer: a\r\n\r\n' },
        200,
      ],
      [
        'interim',
        {
          raw:
            'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 ' +
            'OK\r\nContent-Length: 2\r\n\r\nok',
        },
        200,
      ],
      ['no content', { raw: 'HTTP/1.1 204 No Content\r\n\r\n' }, 204],
      ['not modified', { raw: 'HTTP/1.1 304 Not Modified\r\nContent-Length: 900\r\n\r\n' }, 304],
    ])('%s', async (_, answer, status) => {
      await using server = await startRecordingServer(() => answer);
      const result = await create({ connections: 2 }).start(jobOf(server.port, numbered(9))).done;
      expect(result.counts).toEqual({ page: { [status]: 9 } });
    });

    test('to HEAD, with a length and no body', async () => {
      await using server = await startRecordingServer(() => ({
        raw: 'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n',
      }));
      const trace = traceOf(Array.from({ length: 9 }, () => ({ method: 'HEAD' })));
      expect(await create({ connections: 1 }).start(jobOf(server.port, trace)).done).toMatchObject({ answered: 9 });
      expect(server.connections).toBe(1);
    });

    test('that are not HTTP count as none', async () => {
      await using server = await startRecordingServer((n) => (n === 3 ? { raw: 'SSH-2.0-x\r\n\r\n' } : {}));
      expect((await create({ connections: 2 }).start(jobOf(server.port, numbered(9))).done).counts).toEqual({
        page: { '200': 8, none: 1 },
      });
    });

    test('that no request asked for are ignored', async () => {
      await using server = await startRecordingServer((n) =>
        n === 3
          ? {
              raw:
                'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 408 Request ' +
                'Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
              after: 'end',
            }
          : {},
      );
      const result = await create({ connections: 1 }).start(jobOf(server.port, numbered(9), { rate: 200 })).done;
      expect(result.counts).toEqual({ page: { '200': 9 } });
    });

    test('that never come count as none when patience ends', async () => {
      await using server = await startRecordingServer((n) => (n === 0 ? { after: 'silence' } : {}));
      const result = await create({ connections: 2, timeoutSeconds: 1 }).start(jobOf(server.port, numbered(20))).done;
      expect(result.counts).toEqual({ page: { '200': 19, none: 1 } });
    });
  });

  describe(`${name}: endings`, { timeout: 60_000 }, () => {
    test('an abort rejects with INTERRUPTED and closes every connection', async () => {
      await using server = await startRecordingServer(() => ({ after: 'silence' }));
      const controller = new AbortController();
      const running = create({ connections: 2 }).start(jobOf(server.port, numbered(20), { signal: controller.signal }));
      const timer = setInterval(() => running.sent() > 0 && controller.abort(), 1);
      await expect(running.done).rejects.toMatchObject({ code: 'INTERRUPTED' });
      clearInterval(timer);
    });

    test('an abort before the start sends nothing', async () => {
      await using server = await startRecordingServer();
      await expect(
        create().start(jobOf(server.port, numbered(20), { signal: AbortSignal.abort() })).done,
      ).rejects.toMatchObject({ code: 'INTERRUPTED' });
      expect(server.connections).toBe(0);
    });

    test('a target that is not there rejects with REPLAY_FAILED', async () => {
      const port = await freePort();
      await expect(create({ giveUpSeconds: 0.3 }).start(jobOf(port, numbered(20))).done).rejects.toMatchObject({
        code: 'REPLAY_FAILED',
        message: expect.stringContaining(`127.0.0.1:${port}`),
      });
    });

    test('a target elsewhere is refused', () => {
      expect(() => create().start({ ...jobOf(80, numbered(1)), target: { host: '192.0.2.1', port: 80 } })).toThrow(
        expect.objectContaining({ code: 'TARGET_REFUSED' }),
      );
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
