import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createH2Replayer, type H2Options } from '../../../src/replay/index.js';
import { createMultisetDigest } from '../../../src/traffic/index.js';
import { startH2Server, startTlsServer, type H2Answer } from '../tls-server.js';
import { h2Trace, jobOf, numbered, traceOf, type RequestParts } from '../traces.js';
import type { ListedTrace } from '../../traffic/listed-trace.js';

const TLS = { verify: false, session: 'reuse', clientCertificates: [] } as const;

async function replayed(
  trace: ListedTrace,
  options: H2Options = {},
  answer?: (path: string) => H2Answer,
  rate: number | null = null,
  server: Parameters<typeof startH2Server>[1] = {},
) {
  await using target = await startH2Server(answer, { secure: options.tls !== undefined, ...server });
  const result = await createH2Replayer({ connections: 1, ...options }).start(
    jobOf(target.port, h2Trace(trace), { rate }),
  ).done;
  return { result, target };
}

describe('every request once', () => {
  test.each([
    ['in clear text', {}],
    ['over TLS', { tls: TLS }],
  ])('%s, with its headers in order and its body', async (_, options) => {
    const trace = traceOf([
      {
        method: 'POST',
        target: '/a?b=%20c',
        headers: [
          ['X-B', '1'],
          ['User-Agent', 'x'],
          ['X-A', 'caf\u00c3\u00a9'],
          ['x-b', '2'],
          ['Connection', 'keep-alive'],
        ],
        body: Buffer.from('h\u00e9llo'),
      },
      { method: 'PROPFIND', target: '/c' },
      { method: 'HEAD', target: '/d' },
    ]);
    const { result, target } = await replayed(trace, options);
    expect(result).toMatchObject({
      engine: 'h2',
      sent: 3,
      answered: 3,
      sentDigest: result.plannedDigest,
      statuses: Uint16Array.of(200, 200, 200),
    });
    const first = target.requests.find(({ headers }) => headers[':path'] === '/a?b=%20c');
    expect(first?.raw).toEqual([
      ':method',
      'POST',
      ':scheme',
      'tls' in options ? 'https' : 'http',
      ':authority',
      'test',
      ':path',
      '/a?b=%20c',
      'x-b',
      '1',
      'x-b',
      '2',
      'user-agent',
      'x',
      'x-a',
      'caf\u00c3\u00a9',
      'content-length',
      '6',
    ]);
    expect(Buffer.from(first?.body ?? '', 'latin1').toString('utf8')).toBe('h\u00e9llo');
  });

  test('a hundred at a rate, on the connections there are', async () => {
    const { result, target } = await replayed(numbered(100), { connections: 2, mostStreams: 16 }, undefined, 400);
    expect(result).toMatchObject({
      answered: 100,
      sentDigest: result.plannedDigest,
      connections: { opened: 2, resumed: 0 },
    });
    expect(target.sessions.flat().sort()).toEqual(Array.from({ length: 100 }, (_, i) => `/${i}`).sort());
    expect(target.sessions).toHaveLength(2);
  });

  test('as many at a time as there are streams, or as the target allows', async () => {
    const slow = (): H2Answer => ({ delayMs: 20 });
    expect((await replayed(numbered(40), { streams: 10 }, slow)).target.mostAtOnce).toBe(10);
    expect(
      (await replayed(numbered(40), { streams: 10 }, slow, null, { maxConcurrentStreams: 3 })).target.mostAtOnce,
    ).toBe(3);
  });

  test('open-loop: more connections where every stream waits', async () => {
    const { result, target } = await replayed(
      numbered(40),
      { streams: 4, mostStreams: 40 },
      () => ({ delayMs: 300 }),
      400,
    );
    expect(result.answered).toBe(40);
    expect(target.sessions.length).toBeGreaterThan(3);
  });
});

describe('the books', () => {
  test('count statuses by label, and what passed', async () => {
    const trace = traceOf(
      Array.from({ length: 20 }, (_, i) => ({
        target: i % 4 === 0 ? `/attack/${i}` : `/${i}`,
        label: i % 4 === 0 ? 'sqli' : 'browse',
      })),
    );
    const { result } = await replayed(trace, {}, (path) => ({ status: path.includes('attack') ? 403 : 200 }));
    const passed = createMultisetDigest();
    for (const { label, method, target, body } of trace.requests)
      if (label === 'browse') passed.add(method, target, body);
    expect(result).toMatchObject({
      counts: { sqli: { '403': 5 }, browse: { '200': 15 } },
      passedCount: 15,
      passedDigest: passed.hex(),
    });
  });

  test.each<[string, H2Answer, string]>([
    ['resets the stream', { after: 'reset' }, 'none'],
    ['refuses it', { after: 'refusal' }, 'closed'],
    ['says nothing', { after: 'silence' }, 'none'],
  ])('a target that %s loses that request alone', async (_, answer, why) => {
    const { result } = await replayed(numbered(20), { timeoutSeconds: 0.3 }, (path) => (path === '/5' ? answer : {}));
    expect(result.counts).toEqual({ page: { '200': 19, [why]: 1 } });
  });

  test('a target that hangs up loses what was under way, and gets the rest on a new connection', async () => {
    const { result, target } = await replayed(numbered(20), { streams: 1 }, (path) =>
      path === '/5' ? { after: 'hangup' } : {},
    );
    expect(result).toMatchObject({ sent: 20, counts: { page: { '200': 19, none: 1 } } });
    expect(target.sessions.map((paths) => paths.length)).toEqual([6, 14]);
  });

  test('a target that says goodbye loses nothing', async () => {
    const { result, target } = await replayed(
      numbered(20),
      { streams: 1, mostStreams: 1 },
      (path) => (path === '/5' ? { after: 'goaway' } : {}),
      100,
    );
    expect(result.counts).toEqual({ page: { '200': 20 } });
    expect(target.sessions.length).toBe(2);
  });
});

describe('what clients do', () => {
  test('cancel a request at once, or in the middle of the answer', async () => {
    const cancel: RequestParts = { behaviour: { abort: { of: 'request', bytes: null, how: 'close' } } };
    const { result, target } = await replayed(
      traceOf([
        cancel,
        {},
        { method: 'POST', body: Buffer.from('x'), ...cancel },
        { behaviour: { abort: { of: 'response', bytes: 10, how: 'close' } } },
      ]),
      {},
      (path) => (path === '/3' ? { body: 'y'.repeat(200_000) } : { delayMs: 30 }),
    );
    expect(result).toMatchObject({
      answered: 1,
      aborted: 3,
      counts: { page: { '200': 1, aborted: 3 } },
      sentDigest: result.plannedDigest,
    });
    expect(target.cancelled).toEqual(['/0', '/2', '/3']);
    expect(target.sessions).toHaveLength(1);
  });

  test.each([1, 5])('leave after %s requests', async (requests) => {
    const { result, target } = await replayed(numbered(20), { keepAlive: { requests } });
    expect(result.answered).toBe(20);
    expect(target.sessions.map((paths) => paths.length).filter((count) => count > 0)).toEqual(
      Array.from({ length: 20 / requests }, () => requests),
    );
  });

  test('reconnect all at once, and take up their TLS sessions', async () => {
    const { result, target } = await replayed(
      numbered(60),
      { connections: 3, streams: 2, mostStreams: 6, reconnectEvery: 20, tls: TLS },
      undefined,
      300,
    );
    expect(result).toMatchObject({ answered: 60, connections: { opened: 9, resumed: 6 } });
    expect(target.sessions).toHaveLength(9);
  });
});

describe('refusals and endings', () => {
  test.each<[string, RequestParts, RegExp]>([
    ['exact bytes', { raw: Buffer.from('GET / HTTP/1.1\r\n\r\n') }, /Request 1 .*exact HTTP\/1 bytes/],
    ['chunks', { body: Buffer.from('x'), behaviour: { chunks: [1] } }, /behaviour has chunks/],
    [
      'a header twice that may be there once',
      {
        headers: [
          ['Content-Type', 'a/b'],
          ['Content-Type', 'c/d'],
        ],
      },
      /content-type twice/,
    ],
    ['a header that is a number', { headers: [['7', 'x']] }, /header 7 would move to another position/],
  ])('%s are refused before anything is sent', (_, parts, message) => {
    expect(() => createH2Replayer().start(jobOf(1, h2Trace(traceOf([{}, parts]))))).toThrow(
      expect.objectContaining({ code: 'TRAFFIC_INVALID', message: expect.stringMatching(message) }),
    );
  });

  test('a TLS target that does not agree to HTTP/2 is an error', async () => {
    await using server = await startTlsServer();
    await expect(
      createH2Replayer({ giveUpSeconds: 0.3, tls: TLS }).start(jobOf(server.port, h2Trace(numbered(3)))).done,
    ).rejects.toMatchObject({ code: 'REPLAY_FAILED' });
  });

  test('a target that speaks something else, or is not there, fails the replay', async () => {
    const server = createServer(
      (socket) =>
        void socket
          .on('error', () => {})
          .resume()
          .end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    await expect(
      createH2Replayer({ giveUpSeconds: 0.3 }).start(jobOf(port, h2Trace(numbered(3)))).done,
    ).rejects.toMatchObject({ code: 'REPLAY_FAILED' });
    await new Promise((resolve) => server.close(resolve));
    await expect(
      createH2Replayer({ giveUpSeconds: 0.3 }).start(jobOf(port, h2Trace(numbered(3)))).done,
    ).rejects.toMatchObject({ code: 'REPLAY_FAILED', message: expect.stringContaining(`127.0.0.1:${port}`) });
  });

  test('an abort rejects with INTERRUPTED and closes every connection', async () => {
    await using server = await startH2Server(() => ({ after: 'silence' }));
    const controller = new AbortController();
    const running = createH2Replayer({ connections: 2 }).start(
      jobOf(server.port, h2Trace(numbered(20)), { signal: controller.signal }),
    );
    const timer = setInterval(() => running.sent() > 0 && controller.abort(), 1);
    await expect(running.done).rejects.toMatchObject({ code: 'INTERRUPTED' });
    clearInterval(timer);
  });
});
