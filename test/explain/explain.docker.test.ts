import { expect, test } from 'vitest';
import { processContext } from '../../src/cli/context.js';
import { explainScenario } from '../../src/run/explain-scenario.js';
import { loadScenario } from '../../src/scenario/index.js';

test('the function that keeps 256 bytes of each request is named, and nothing in the other version', async () => {
  const open = processContext();
  try {
    const scenario = await loadScenario('scenarios/selftest/leak.yaml');
    const { total, stacks, lost, unseen } = await explainScenario(scenario, open.context, 4000, () => undefined);
    expect({ lost, unseen }).toEqual({ lost: 0, unseen: [] });
    expect(total.baseline).toEqual({ bytes: 0, error: 0 });
    // Four standard errors of the sampling.
    expect(Math.abs(total.candidate.bytes - 256)).toBeLessThan(4 * total.candidate.error);
    expect(stacks).toHaveLength(1);
    expect(stacks[0]?.frames[0]).toMatchObject({ file: '/usr/local/bin/leaking-server' });
    expect(stacks[0]?.frames.map(({ name }) => name)).toContain('main');
  } finally {
    open.close();
  }
});
