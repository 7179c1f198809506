import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningStack, Scenario } from '../../src/model/index.js';
import { createReplayer } from '../../src/replay/index.js';
import { loadScenario } from '../../src/scenario/index.js';
import { listedTrace } from '../traffic/listed-trace.js';
import { assertNothingLeft, calm, newRun, newStack, ROOT } from './daemon.js';

const TLS = { verify: false, session: 'reuse', clientCertificates: [] } as const;

/** Brings up the baseline of a scenario of ours; the readiness probe speaks what its clients speak. */
describe.each(['tls', 'http2'])('the bundled WAF by %s.yaml', (name) => {
  const runId = newRun();
  const stack = newStack();
  const signal = calm();
  let scenario: Scenario;
  let arm: RunningStack | undefined;

  beforeAll(async () => {
    const stated = await loadScenario(`${ROOT}/scenarios/modsecurity-crs/${name}.yaml`);
    scenario = { ...stated, expect: 'same', arms: { ...stated.arms, candidate: stated.arms.baseline } };
    await stack.prepare({ scenario, runId, signal, onLine: () => {} });
    arm = await stack.up({ scenario, arm: 'baseline', runId, trialId: 'r1-baseline', signal });
  });
  afterAll(async () => {
    await arm?.[Symbol.asyncDispose]();
    await assertNothingLeft(runId);
  });

  test('is sent every request once over resumed sessions, and blocks every attack', async () => {
    const trace = listedTrace(scenario.traffic, 300);
    await arm!.resetOrigin();
    const { protocol } = scenario.traffic;
    const replayer = createReplayer({
      engine: 'auto',
      schedule: { kind: 'constant' },
      tls: TLS,
      ...(protocol && { protocol }),
      reconnectEvery: 100,
    });
    const result = await replayer.start({ target: arm!.entry, trace, rate: 40, blockedStatuses: [403], signal }).done;
    expect(result).toMatchObject({
      engine: name === 'tls' ? 'wire' : 'h2',
      sent: 300,
      answered: 300,
      sentDigest: trace.digest,
    });
    const passed = trace.requests.filter(
      ({ expect: due, index }) => due === 'blocked' && result.statuses[index] !== 403,
    );
    expect(passed.map(({ label, target }) => [label, target])).toEqual([]);
    expect(await arm!.originCounts()).toEqual({ requests: result.passedCount, digest: result.passedDigest });
    const { opened, resumed } = result.connections ?? { opened: 0, resumed: 0 };
    // The connections of the beginning shake hands in full, those after the two storms take up where they were.
    expect(resumed).toBeGreaterThanOrEqual((opened * 2) / 3 - 1);
  });
});
