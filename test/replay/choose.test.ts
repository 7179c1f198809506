import { expect, test } from 'vitest';
import { ABORTED, type Schedule, type TraceRequest } from '../../src/model/index.js';
import { createReplayer, engineFor } from '../../src/replay/index.js';
import { startConnectionLog } from './wire/connection-log.js';
import { jobOf, numbered, traceOf } from './traces.js';

const constant: Schedule = { kind: 'constant' };
const plain = numbered(3);
const odd = (more: Partial<TraceRequest>) => traceOf(plain.requests.map((request, i) => (i === 1 ? { ...request, ...more } : request)));

test('the engine is the one that can carry the trace, unless one is stated', () => {
  expect(engineFor(plain, { engine: 'auto', schedule: constant })).toBe('autocannon');
  expect(engineFor(odd({ behaviour: { pipelined: true } }), { engine: 'auto', schedule: constant })).toBe('wire');
  expect(engineFor(odd({ raw: Buffer.from('x') }), { engine: 'auto', schedule: constant })).toBe('wire');
  expect(engineFor(plain, { engine: 'auto', schedule: { kind: 'poisson' } })).toBe('wire');
  expect(engineFor(plain, { engine: 'wire', schedule: constant })).toBe('wire');
  expect(engineFor(odd({ raw: Buffer.from('x') }), { engine: 'autocannon', schedule: constant })).toBe('autocannon');
});

test('what was chosen is on record, and how long the schedule lasted', async () => {
  await using log = await startConnectionLog((bytes) => (bytes.endsWith('\r\n\r\n') ? 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n' : null));
  const replay = (schedule: Schedule) => createReplayer({ engine: 'auto', schedule }).start(jobOf(log.port, plain, { rate: 100 })).done;
  expect(await replay(constant)).toMatchObject({ engine: 'autocannon', answered: 3, scheduledSeconds: 0.03 });
  expect(await replay({ kind: 'ramp', from: 0.5 })).toMatchObject({ engine: 'wire', answered: 3, scheduledSeconds: expect.closeTo(0.04, 6) });
});

test('a planned abort is progress, and counted apart', async () => {
  await using log = await startConnectionLog(() => null);
  const trace = odd({ behaviour: { abort: { of: 'request', bytes: null, how: 'close' } } });
  const running = createReplayer({ engine: 'auto', schedule: constant }).start(jobOf(log.port, traceOf(trace.requests.slice(1, 2))));
  const result = await running.done;
  expect(result).toMatchObject({ answered: 0, aborted: 1, statuses: [ABORTED], counts: { page: { aborted: 1 } } });
  expect(running.answered()).toBe(1);
});
