import { expect, test } from 'vitest';
import { createWireReplayer } from '../../../src/replay/index.js';
import { startRecordingServer } from '../recording-server.js';
import { jobOf, numbered } from '../traces.js';

test('a target that answers only after it has all requests still gets all of them', async () => {
  let release!: () => void;
  const until = new Promise<void>((resolve) => (release = resolve));
  await using server = await startRecordingServer((n) => {
    if (n === 49) release();
    return { until };
  });
  const result = await createWireReplayer({ connections: 2 }).start(jobOf(server.port, numbered(50), { rate: 500 }))
    .done;
  expect(result).toMatchObject({ sent: 50, answered: 50 });
  expect(server.connections).toBe(50);
});

test('never more connections than allowed', async () => {
  await using server = await startRecordingServer(() => ({ delayMs: 30 }));
  const result = await createWireReplayer({ connections: 2, mostConnections: 5 }).start(
    jobOf(server.port, numbered(40), { rate: 1000 }),
  ).done;
  expect(result.answered).toBe(40);
  expect(server.connections).toBeLessThanOrEqual(5);
});
