import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ARMS, ATTACK_CLASSES, type ArmName, type RunningStack, type TrafficSettings } from '../../src/model/index.js';
import { createReplayer } from '../../src/replay/index.js';
import { listedTrace } from './listed-trace.js';
import { assertNothingLeft, calm, newRun, newStack, ROOT, scenarioOf } from '../stack/daemon.js';
import { settings } from './settings.js';

const traffic: TrafficSettings = settings({
  mix: [],
  sources: [{ kind: 'library', weight: 1, classes: ATTACK_CLASSES }],
});

describe('the attack library against the OWASP CRS of Debian 12 and 13', () => {
  const runId = newRun();
  const stack = newStack();
  const signal = calm();
  const scenario = scenarioOf([`${ROOT}/docker-compose.yml`]);
  const arms = new Map<ArmName, RunningStack>();

  beforeAll(async () => {
    await stack.prepare({ scenario, runId, signal, onLine: () => {} });
    for (const arm of ARMS) arms.set(arm, await stack.up({ scenario, arm, runId, trialId: `r1-${arm}`, signal }));
  });
  afterAll(async () => {
    for (const arm of arms.values()) await arm[Symbol.asyncDispose]();
    await assertNothingLeft(runId);
  });

  test.each(ARMS)('%s blocks every payload of every class that says so', async (arm) => {
    const trace = listedTrace(traffic, 12 * 16);
    const target = arms.get(arm)!.entry;
    const { statuses } = await createReplayer({ engine: 'auto', schedule: { kind: 'constant' } }).start({
      target,
      trace,
      rate: 20,
      blockedStatuses: [403],
      signal,
    }).done;
    const passed = trace.requests.filter(({ expect: due, index }) => due === 'blocked' && statuses[index] !== 403);
    expect(
      passed.map(({ label, target, body, index }) => [
        label,
        statuses[index],
        target,
        body === null ? '' : Buffer.from(body).toString(),
      ]),
    ).toEqual([]);
  });
});
