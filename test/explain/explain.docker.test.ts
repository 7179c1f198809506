import { expect, test } from 'vitest';
import { processContext } from '../../src/cli/context.js';
import { explainScenario } from '../../src/run/explain-scenario.js';
import type { Explanation } from '../../src/results/index.js';
import { loadScenario } from '../../src/scenario/index.js';

/** An explanation of a scenario, without what is told on the way. */
async function explain(file: string, requests: number): Promise<Explanation> {
  const open = processContext();
  try {
    return await explainScenario(await loadScenario(file), open.context, requests, () => undefined);
  } finally {
    open.close();
  }
}

test('the function that keeps 256 bytes of each request is named, and nothing in the other version', async () => {
  const { total, stacks, lost, unseen, partly } = await explain('scenarios/selftest/leak.yaml', 4000);
  expect({ lost, unseen, partly }).toEqual({ lost: 0, unseen: [], partly: [] });
  expect(total.baseline).toEqual({ bytes: 0, error: 0 });
  // Four standard errors of the sampling.
  expect(Math.abs(total.candidate.bytes - 256)).toBeLessThan(4 * total.candidate.error);
  expect(stacks).toHaveLength(1);
  expect(stacks[0]?.frames[0]).toMatchObject({ file: '/usr/local/bin/leaking-server' });
  expect(stacks[0]?.frames.map(({ name }) => name)).toContain('main');
});

// A gateway with two worker processes, whose user is not root and whose file system is read-only.
test('the middleware of Node.js that never forgets a visitor is named, with its line and package', async () => {
  const { stacks, unseen, partly } = await explain('test/explain/fixtures/node-gateway/leak.yaml', 1000);
  expect({ unseen, partly }).toEqual({ unseen: [], partly: [] });
  const [first] = stacks;
  expect(first?.frames[0]).toEqual({
    name: 'rememberVisitor',
    file: '/app/node_modules/visitor-log/index.js',
    line: 4,
    package: 'visitor-log@2.1.0',
  });
  expect(Math.abs(first!.candidate.bytes - 192)).toBeLessThan(4 * first!.candidate.error);
  expect(first?.baseline.bytes).toBe(0);
});
