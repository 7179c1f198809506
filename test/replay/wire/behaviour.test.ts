import { describe, expect, test } from 'vitest';
import type { RequestBehaviour } from '../../../src/model/index.js';
import { createWireReplayer } from '../../../src/replay/index.js';
import { encodeRequest } from '../../../src/replay/wire/wire-format.js';
import { jobOf, numbered, traceOf, type RequestParts } from '../traces.js';
import type { ListedTrace } from '../../traffic/listed-trace.js';
import { startConnectionLog } from './connection-log.js';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const body = Buffer.from('0123456789');
const CHUNKED: RequestParts['headers'] = [['Transfer-Encoding', 'chunked']];

function post(behaviour: RequestBehaviour, parts: RequestParts = {}): ListedTrace {
  return traceOf([{ method: 'POST', target: '/up', body, ...parts, behaviour }]);
}

function wireOf(trace: Pick<ListedTrace, 'requests'>): string {
  return trace.requests.map((request) => encodeRequest(request).toString('latin1')).join('');
}

/** Answers once a request of the trace is there completely. */
function whenComplete(trace: ListedTrace): (bytes: string) => string | null {
  return (bytes) => (bytes === wireOf(trace) ? OK : null);
}

describe('bytes', () => {
  test('a body in given chunks', async () => {
    const trace = post({ chunks: [1, 4, 0, 2] }, { headers: CHUNKED });
    await using log = await startConnectionLog(whenComplete(trace));
    const result = await createWireReplayer().start(jobOf(log.port, trace)).done;
    expect(log.connections[0]?.bytes).toBe(
      'POST /up HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: ' +
        'chunked\r\n\r\n1\r\n0\r\n4\r\n1234\r\n2\r\n56\r\n3\r\n789\r\n0\r\n\r\n',
    );
    expect(result).toMatchObject({ answered: 1, sentDigest: trace.digest });
  });

  test('HTTP/1.0', async () => {
    const trace = post({ version: '1.0' });
    await using log = await startConnectionLog(whenComplete(trace));
    expect(await createWireReplayer().start(jobOf(log.port, trace)).done).toMatchObject({
      answered: 1,
      sentDigest: trace.digest,
    });
    expect(log.connections[0]?.bytes).toMatch(/^POST \/up HTTP\/1\.0\r\n/);
  });

  test('exact bytes, however broken', async () => {
    const raw = Buffer.from('GET  / HTTP/9.9\nX\u00ff: \0\n\n', 'latin1');
    const trace = traceOf([{ raw }]);
    await using log = await startConnectionLog(() => 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    const running = createWireReplayer().start(jobOf(log.port, trace));
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (log.connections[0]?.bytes === undefined || log.connections[0].bytes === '') return;
        clearInterval(timer);
        resolve();
      }, 1);
    });
    expect(log.connections[0]?.bytes).toBe(raw.toString('latin1'));
    expect(running.sent()).toBe(1);
    await log[Symbol.asyncDispose]();
    expect(await running.done).toMatchObject({ sentDigest: trace.digest, counts: { page: { '400': 1 } } });
  });

  test('the digest knows a behaviour from none, and one from another', () => {
    const digests = [
      post({}),
      post({ version: '1.0' }),
      post({ chunks: [1] }),
      post({ chunks: [2] }),
      traceOf([{ method: 'POST', target: '/up', body }]),
      traceOf([{ method: 'POST', target: '/up', body, raw: body }]),
    ].map(({ digest }) => digest);
    expect(new Set(digests).size).toBe(6);
    expect(post({ chunks: [3, 7] }).digest).toBe(post({ chunks: [3] }).digest);
  });
});

describe('pace', () => {
  test('a request that is cut at the stated place', async () => {
    const trace = post({ breaks: [4, -3], pauseMs: 40 });
    await using log = await startConnectionLog(whenComplete(trace));
    expect(await createWireReplayer().start(jobOf(log.port, trace)).done).toMatchObject({
      answered: 1,
      sentDigest: trace.digest,
    });
    expect(log.connections[0]?.pieces).toEqual([wireOf(trace).slice(0, 4), wireOf(trace).slice(4, -3), '789']);
  });

  test('a pause between chunks', async () => {
    const trace = post({ chunks: [5, 5], pauseMs: 40 }, { headers: CHUNKED });
    await using log = await startConnectionLog(whenComplete(trace));
    await createWireReplayer().start(jobOf(log.port, trace)).done;
    expect(log.connections[0]?.pieces.slice(1)).toEqual(['5\r\n01234\r\n', '5\r\n56789\r\n', '0\r\n\r\n']);
  });

  test('a slow sender', async () => {
    const trace = post({ sendBytesPerSecond: 400 });
    await using log = await startConnectionLog(whenComplete(trace));
    expect(await createWireReplayer().start(jobOf(log.port, trace)).done).toMatchObject({
      answered: 1,
      sentDigest: trace.digest,
    });
    expect(log.connections[0]?.pieces[0]).toHaveLength(20);
  });

  test('a slow reader reads it all', async () => {
    const trace = post({ readBytesPerSecond: 2_000_000 });
    await using log = await startConnectionLog((bytes) =>
      bytes === wireOf(trace) ? `HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n${'x'.repeat(300_000)}` : null,
    );
    expect(await createWireReplayer().start(jobOf(log.port, trace)).done).toMatchObject({ answered: 1 });
  });
});

describe('aborts', () => {
  // A reset that overtakes the reading of what came before it looks like an end, so only the bytes are looked at.
  test.each(['close', 'reset'] as const)('of the request after so many bytes (%s)', async (how) => {
    const trace = post({ abort: { of: 'request', bytes: 30, how } });
    await using log = await startConnectionLog(() => null);
    const result = await createWireReplayer().start(jobOf(log.port, trace)).done;
    await log.everyoneLeft();
    expect(log.connections.find(({ bytes }) => bytes !== '')).toMatchObject({ bytes: wireOf(trace).slice(0, 30) });
    expect(result).toMatchObject({
      sent: 1,
      answered: 0,
      sentDigest: trace.digest,
      passedCount: 0,
      counts: { page: { aborted: 1 } },
    });
  });

  test('before the response', async () => {
    const trace = post({ abort: { of: 'request', bytes: null, how: 'close' } });
    await using log = await startConnectionLog(() => null);
    expect((await createWireReplayer().start(jobOf(log.port, trace)).done).counts).toEqual({ page: { aborted: 1 } });
    await log.everyoneLeft();
    expect(log.connections[0]).toMatchObject({ bytes: wireOf(trace), left: 'end' });
  });

  test('in the middle of the response', async () => {
    const trace = post({ abort: { of: 'response', bytes: 20, how: 'reset' } });
    await using log = await startConnectionLog((bytes) =>
      bytes === wireOf(trace) ? `HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n${'x'.repeat(1000)}` : null,
    );
    expect((await createWireReplayer().start(jobOf(log.port, trace)).done).counts).toEqual({ page: { aborted: 1 } });
    await log.everyoneLeft();
    expect(log.connections[0]?.left).toBe('reset');
  });

  test('after the response, which counts', async () => {
    const behaviour: RequestBehaviour = { abort: { of: 'response', bytes: null, how: 'reset' } };
    const trace = traceOf([{ behaviour }, { behaviour }, {}]);
    await using log = await startConnectionLog(() => OK);
    expect(await createWireReplayer({ connections: 1 }).start(jobOf(log.port, trace)).done).toMatchObject({
      answered: 3,
    });
    expect(log.connections.map(({ left }) => left).slice(0, 2)).toEqual(['reset', 'reset']);
  });
});

describe('connections', () => {
  test('one of its own for each request that wants it', async () => {
    const trace = traceOf([{}, { behaviour: { freshConnection: true } }, { behaviour: { freshConnection: true } }, {}]);
    await using log = await startConnectionLog((bytes) => (bytes.endsWith('\r\n\r\n') ? OK : null));
    expect(await createWireReplayer({ connections: 1 }).start(jobOf(log.port, trace)).done).toMatchObject({
      answered: 4,
      sentDigest: trace.digest,
    });
    expect(log.connections.map(({ bytes }) => [...bytes.matchAll(/GET (\S+)/g)].map(([, target]) => target))).toEqual([
      ['/0'],
      ['/1'],
      ['/2', '/3'],
    ]);
  });

  test('pipelined requests leave before any is answered, and together', async () => {
    const trace = traceOf([{ behaviour: { pipelined: true } }, { behaviour: { pipelined: true } }, {}, {}]);
    const threeRequests = wireOf({ ...trace, requests: trace.requests.slice(0, 3) });
    await using log = await startConnectionLog((bytes) =>
      bytes === threeRequests ? OK + OK + OK : bytes.length > threeRequests.length ? OK : null,
    );
    expect(
      await createWireReplayer({ connections: 1 }).start(jobOf(log.port, trace, { rate: 100 })).done,
    ).toMatchObject({ answered: 4, sentDigest: trace.digest });
    expect(log.connections[0]?.pieces[0]).toBe(threeRequests);
  });

  test('a pipeline that the target cuts off loses what was not answered', async () => {
    const trace = traceOf([{ behaviour: { pipelined: true } }, { behaviour: { pipelined: true } }, {}]);
    await using log = await startConnectionLog((_, socket) => {
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return null;
    });
    expect((await createWireReplayer({ connections: 1 }).start(jobOf(log.port, trace)).done).counts).toEqual({
      page: { '200': 1, none: 2 },
    });
  });
});

test('ordinary requests keep the digest they had before behaviours', () => {
  expect(numbered(3).digest).toMatchInlineSnapshot(
    `"f5c5afaeda0c70554ab8d6f7a9e1670f38adaeb35ebcecd30b59126bf66d3bee"`,
  );
});
