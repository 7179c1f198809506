import { afterAll, expect, test } from 'vitest';
import { run } from '../../src/compose/run.js';
import { createReplayer } from '../../src/replay/index.js';
import { loadScenario } from '../../src/scenario/index.js';
import { listedTrace } from '../traffic/listed-trace.js';
import { assertNothingLeft, calm, newRun, newStack, ROOT } from './daemon.js';

const REQUESTS = 300;
const PER_CONNECTION = 10;
const runId = newRun();

afterAll(() => assertNothingLeft(runId));

test('nginx takes the client of each connection from the PROXY protocol', async () => {
  const stack = newStack();
  const signal = calm();
  const stated = await loadScenario(`${ROOT}/scenarios/modsecurity-crs/many-clients.yaml`);
  const scenario = { ...stated, expect: 'same' as const, arms: { ...stated.arms, candidate: stated.arms.baseline } };
  await stack.prepare({ scenario, runId, signal, onLine: () => {} });
  await using arm = await stack.up({ scenario, arm: 'baseline', runId, trialId: 'r1-baseline', signal });
  const { proxyProtocol, keepAlive } = scenario.traffic;
  const trace = listedTrace(scenario.traffic, REQUESTS);
  const replayer = createReplayer({
    engine: 'auto',
    schedule: { kind: 'constant' },
    proxyProtocol: proxyProtocol!,
    keepAlive: keepAlive!,
  });
  const result = await replayer.start({ target: arm.entry, trace, rate: 60, blockedStatuses: [403], signal }).done;
  expect(result).toMatchObject({ sent: REQUESTS, answered: REQUESTS, sentDigest: trace.digest });

  const waf = arm.containers.find(({ service }) => service === 'waf')!;
  const { stdout } = await run({ command: ['docker', 'exec', waf.id, 'cat', '/tmp/clients'], env: process.env });
  const requestsOf = new Map<string, number>();
  for (const client of stdout.trim().split('\n')) requestsOf.set(client, (requestsOf.get(client) ?? 0) + 1);
  // The readiness probe has no other client, so nginx counts it as this host's.
  const [probe, ...clients] = [...requestsOf];
  expect(probe?.[0]).toMatch(/^(10|172|192)\./);
  expect(clients.reduce((sum, [, requests]) => sum + requests, 0)).toBe(REQUESTS);
  expect(clients.length).toBeGreaterThanOrEqual(REQUESTS / PER_CONNECTION);
  expect(Math.max(...clients.map(([, requests]) => requests))).toBe(PER_CONNECTION);
});
