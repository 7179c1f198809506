import { afterAll, expect, test } from 'vitest';
import { CONTROLS, injectedGrowth } from '../../src/run/selftest.js';
import { ARMS, type Reading } from '../../src/model/index.js';
import { createObserver } from '../../src/observe/index.js';
import { createWireReplayer } from '../../src/replay/index.js';
import { loadScenario } from '../../src/scenario/index.js';
import { buildTrace } from '../../src/traffic/index.js';
import { assertNothingLeft, calm, docker, newRun, newStack, silent } from '../stack/daemon.js';

const runId = newRun();
const REQUESTS = 20_000;

afterAll(() => assertNothingLeft(runId));

test('the self-test server keeps the stated bytes of each request, and grows by nothing else', async () => {
  const scenario = await loadScenario(CONTROLS[0]!);
  const stack = newStack();
  const signal = calm();
  await stack.prepare({ scenario, runId, signal, onLine: silent });
  const growth: Record<string, number> = {};
  for (const arm of ARMS) {
    await using running = await stack.up({ scenario, arm, runId, trialId: `r1-${arm}`, signal });
    const replayer = createWireReplayer();
    const load = (seed: number, requests: number) =>
      replayer.start({
        target: running.entry,
        trace: buildTrace({ ...scenario.traffic, seed }, requests),
        rate: 2_000,
        blockedStatuses: [403],
        signal,
      }).done;
    await load(1, 2_000);
    const readings: Reading[] = [];
    const began = performance.now();
    const observation = await createObserver({ docker }).observe({
      arm: 'baseline',
      containers: running.containers,
      answered: () => 0,
      elapsed: () => (performance.now() - began) / 1000,
      onReading: (reading) => readings.push(reading),
      onEvent: silent,
    });
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const { answered } = await load(2, REQUESTS);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await observation[Symbol.asyncDispose]();
    const levels = readings.map(({ minimum }) => minimum.anon_bytes ?? Number.NaN);
    growth[arm] = (levels.at(-1)! - levels[0]!) / answered;
  }
  expect(Math.abs(growth['baseline']!)).toBeLessThan(2);
  const injected = injectedGrowth(scenario);
  expect(Math.abs(growth['candidate']! - injected)).toBeLessThan(0.03 * injected);
});
