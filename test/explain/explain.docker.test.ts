import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { processContext } from '../../src/cli/context.js';
import { explainRun } from '../../src/run/explain-run.js';
import { explainScenario } from '../../src/run/explain-scenario.js';
import { judgeDirectory } from '../../src/run/judgement.js';
import { loadScenario } from '../../src/scenario/index.js';
import { recordedRun } from '../cli/runs.js';

test('what keeps 256 bytes of each request is named and counted, and nothing in the other version', async () => {
  const open = processContext();
  using run = recordedRun();
  try {
    const { result } = await judgeDirectory(run.path, () => undefined);
    const leak = await loadScenario('scenarios/selftest/leak.yaml');
    await expect(explainRun(leak, open.context, run.path, 4000, () => undefined)).rejects.toThrow(
      /run of the scenario/,
    );
    const scenario = { ...leak, name: result.manifest.scenario.name };
    const { explanation, ...rest } = await explainRun(scenario, open.context, run.path, 4000, () => undefined);
    const { total, stacks, lost, unseen, partly, heaps, mappings, heapsUnread, replaced } = explanation;
    expect(lost).toBe(0);
    expect([unseen, partly, heapsUnread, replaced]).toEqual([[], [], [], []]);
    expect(total?.baseline).toEqual({ bytes: 0, error: 0 });
    // Four standard errors of the sampling.
    expect(Math.abs((total?.candidate.bytes ?? 0) - 256)).toBeLessThan(4 * (total?.candidate.error ?? 0));
    expect(stacks).toHaveLength(1);
    expect(stacks[0]?.frames[0]).toMatchObject({ file: '/usr/local/bin/leaking-server' });
    expect(stacks[0]?.frames.map(({ name }) => name)).toContain('main');
    // Counted, not sampled: one block of 256 bytes and its header for each request.
    expect(heaps).toEqual([
      {
        service: 'server',
        inUse: { baseline: 0, candidate: 272 },
        free: { baseline: 0, candidate: 0 },
        blocks: [{ bytes: 272, growth: { baseline: 0, candidate: 1 } }],
      },
    ]);
    expect(mappings.map(({ mapping }) => mapping)).toEqual(['heap']);
    // The run is one of another server: this is said, and its verdict stays.
    expect(explanation.run).toMatchObject({ otherImages: ['waf'], changed: expect.stringMatching(/./) as string });
    expect(rest).toEqual(JSON.parse(JSON.stringify(result)));
    expect(JSON.parse(readFileSync(join(run.path, 'explanation.json'), 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(explanation)),
    );
  } finally {
    open.close();
  }
});

// A gateway with two worker processes, whose user is not root and whose file system is read-only.
test('the middleware of Node.js that never forgets a visitor is named, with its line and package', async () => {
  const open = processContext();
  using _ = { [Symbol.dispose]: () => open.close() };
  const gateway = await loadScenario('test/explain/fixtures/node-gateway/leak.yaml');
  const { stacks, unseen, partly } = await explainScenario(gateway, open.context, 1000, () => undefined);
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
