import { expect, test } from 'vitest';
import { createWireReplayer } from '../../src/replay/index.js';
import { encodeRequest } from '../../src/replay/wire/wire-format.js';
import { buildTrace, createMultisetDigest } from '../../src/traffic/index.js';
import { SHOP } from '../traffic/settings.js';
import { startRecordingServer } from './recording-server.js';
import { jobOf } from './traces.js';

const COUNT = 20_000;

/** `bench/round-trip.mjs` does it a million times. */
test('wire: 20,000 requests arrive byte for byte, each once', { timeout: 120_000 }, async () => {
  await using server = await startRecordingServer();
  const trace = buildTrace(SHOP, COUNT);
  const result = await createWireReplayer().start(jobOf(server.port, trace)).done;
  const [planned, received] = [createMultisetDigest(), createMultisetDigest()];
  for (const request of trace.requests) planned.add('', '', encodeRequest(request));
  for (const bytes of server.requests) received.add('', '', bytes);
  expect([received.count, received.hex()]).toEqual([COUNT, planned.hex()]);
  expect(result).toMatchObject({ sent: COUNT, answered: COUNT, sentDigest: trace.digest });
});
