import { expect, test } from 'vitest';
import { ABORTED, type EngineChoice, type Schedule, type TraceRequest } from '../../src/model/index.js';
import { createReplayer, engineFor } from '../../src/replay/index.js';
import { startConnectionLog } from './wire/connection-log.js';
import { jobOf, numbered, traceOf } from './traces.js';

const constant: Schedule = { kind: 'constant' };
const plain = numbered(3);
const odd = (more: Partial<TraceRequest>) =>
  traceOf(plain.requests.map((request, i) => (i === 1 ? { ...request, ...more } : request)));

test('wire carries HTTP/1 and h2 HTTP/2, unless an engine is stated', () => {
  expect(engineFor({ engine: 'auto' })).toBe('wire');
  expect(engineFor({ engine: 'auto', protocol: { kind: 'http1' } })).toBe('wire');
  expect(engineFor({ engine: 'auto', protocol: { kind: 'http2', streams: 8 } })).toBe('h2');
  expect(engineFor({ engine: 'autocannon' })).toBe('autocannon');
});

test('what was chosen is on record, and how long the schedule lasted', async () => {
  await using log = await startConnectionLog((bytes) =>
    bytes.endsWith('\r\n\r\n') ? 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n' : null,
  );
  const replay = (engine: EngineChoice, schedule: Schedule) =>
    createReplayer({ engine, schedule }).start(jobOf(log.port, plain, { rate: 100 })).done;
  expect(await replay('autocannon', constant)).toMatchObject({
    engine: 'autocannon',
    answered: 3,
    scheduledSeconds: 0.03,
  });
  expect(await replay('auto', { kind: 'ramp', from: 0.5 })).toMatchObject({
    engine: 'wire',
    answered: 3,
    scheduledSeconds: expect.closeTo(0.04, 6),
  });
});

test('a planned abort is progress, and counted apart', async () => {
  await using log = await startConnectionLog(() => null);
  const trace = odd({ behaviour: { abort: { of: 'request', bytes: null, how: 'close' } } });
  const running = createReplayer({ engine: 'auto', schedule: constant }).start(
    jobOf(log.port, traceOf(trace.requests.slice(1, 2))),
  );
  const result = await running.done;
  expect(result).toMatchObject({
    answered: 0,
    aborted: 1,
    statuses: Uint16Array.of(ABORTED),
    counts: { page: { aborted: 1 } },
  });
  expect(running.answered()).toBe(1);
});
