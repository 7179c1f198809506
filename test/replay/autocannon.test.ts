import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createAutocannonReplayer, saturate } from '../../src/replay/index.js';
import { createMultisetDigest } from '../../src/traffic/index.js';
import { startRecordingServer } from './recording-server.js';
import { jobOf, numbered, traceOf, type RequestParts } from './traces.js';

const POST: RequestParts = { method: 'POST', target: '/form', body: Buffer.from('a=1&b=\u00e9', 'latin1') };

/** Method, target and body of a request as it arrived. */
function partsOf(bytes: Buffer): readonly [string, string, Buffer] {
  const headEnd = bytes.indexOf('\r\n\r\n');
  const [method = '', target = ''] = bytes.toString('latin1', 0, bytes.indexOf('\r\n')).split(' ');
  return [method, target, bytes.subarray(headEnd + 4)];
}

describe('the autocannon engine', () => {
  it.each([1, 3, 7])('sends each request once over %i connections', async (connections) => {
    await using server = await startRecordingServer();
    const trace = traceOf(Array.from({ length: 50 }, (_, i) => (i % 3 === 0 ? POST : {})));
    const result = await createAutocannonReplayer({ connections }).start(jobOf(server.port, trace)).done;
    const [planned, received] = [createMultisetDigest(), createMultisetDigest()];
    for (const { method, target, body } of trace.requests) planned.add(method, target, body);
    for (const bytes of server.requests) received.add(...partsOf(bytes));
    expect([received.count, received.hex()]).toEqual([50, planned.hex()]);
    expect(result).toMatchObject({ sent: 50, answered: 50, sentDigest: trace.digest, passedDigest: planned.hex() });
    expect(server.connections).toBe(connections);
  });

  it('keeps the order of the trace within a connection', async () => {
    await using server = await startRecordingServer();
    await createAutocannonReplayer({ connections: 1 }).start(jobOf(server.port, numbered(20))).done;
    expect(server.requests.map((bytes) => partsOf(bytes)[1])).toEqual(
      numbered(20).requests.map(({ target }) => target),
    );
  });

  it('books each answer to its request', async () => {
    await using server = await startRecordingServer((_, request) => ({
      status: partsOf(request)[1].endsWith('7') ? 403 : 200,
    }));
    const result = await createAutocannonReplayer({ connections: 4 }).start(jobOf(server.port, numbered(40))).done;
    expect(result.statuses).toEqual(Uint16Array.from({ length: 40 }, (_, i) => (i % 10 === 7 ? 403 : 200)));
    expect(result).toMatchObject({ counts: { page: { 200: 36, 403: 4 } }, passedCount: 36 });
  });

  it('counts a request whose connection was cut as unanswered, and goes on', async () => {
    await using server = await startRecordingServer((n) => (n === 5 ? { after: 'reset' } : {}));
    const result = await createAutocannonReplayer({ connections: 2 }).start(jobOf(server.port, numbered(30))).done;
    expect(result).toMatchObject({ sent: 30, answered: 29 });
    expect(Array.from(result.statuses).filter((status) => status === 0)).toHaveLength(1);
  });

  it('takes its time at a rate', async () => {
    await using server = await startRecordingServer();
    const result = await createAutocannonReplayer().start(jobOf(server.port, numbered(30), { rate: 20 })).done;
    expect(result).toMatchObject({ answered: 30, scheduledSeconds: 1.5 });
  });

  it.each<[string, RequestParts, RegExp]>([
    ['a behaviour', { behaviour: { freshConnection: true } }, /has a behaviour \(freshConnection\)/],
    ['exact bytes', { raw: Buffer.from('GET / HTTP/1.1\r\n\r\n') }, /has exact bytes/],
    ['a method it does not know', { method: 'PROPFIND' }, /has the method PROPFIND/],
    ['HEAD, whose answer it waits for in vain', { method: 'HEAD' }, /has the method HEAD/],
    [
      'a header that comes twice',
      {
        headers: [
          ['X-A', '1'],
          ['x-a', '2'],
        ],
      },
      /has the header x-a twice/,
    ],
  ])('refuses %s', (_, part, message) => {
    const start = () => createAutocannonReplayer().start(jobOf(1, traceOf([{}, part])));
    expect(start).toThrow(
      expect.objectContaining({ code: 'TRAFFIC_INVALID', message: expect.stringMatching(message) }),
    );
  });

  it('fails where nothing answers', async () => {
    const port = await freePort();
    await expect(
      createAutocannonReplayer({ connections: 2 }).start(jobOf(port, numbered(4))).done,
    ).rejects.toMatchObject({
      code: 'REPLAY_FAILED',
    });
  });

  it('stops when it is interrupted', async () => {
    await using server = await startRecordingServer();
    const abort = new AbortController();
    const running = createAutocannonReplayer().start(
      jobOf(server.port, numbered(1_000), { rate: 5, signal: abort.signal }),
    );
    abort.abort();
    await expect(running.done).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});

it('full speed is what the target answers at most', async () => {
  await using server = await startRecordingServer(() => ({ delayMs: 40 }));
  const speed = await saturate({
    target: { host: '127.0.0.1', port: server.port },
    trace: numbered(20),
    seconds: 1,
    signal: new AbortController().signal,
  });
  // Eight connections of 25 answers a second each; a busy host answers fewer, never more.
  expect(speed).toBeGreaterThan(10);
  expect(speed).toBeLessThanOrEqual(220);
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
