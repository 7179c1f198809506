import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { ActionRecord, Step } from '../../src/model/index.js';
import type { Result } from '../../src/results/index.js';
import { loadScenario } from '../../src/scenario/index.js';
import { assertNothingLeft, calm, newRun, newStack, silent } from '../stack/daemon.js';
import { directoryOf, journalled, leftBy, SCENARIOS, startRun } from './end-to-end.js';
import { buildProgram } from './program.js';
import { temporaryFolder } from './runs.js';

const program = buildProgram();
const folder = temporaryFolder();
const runId = newRun();

afterAll(async () => {
  await assertNothingLeft(runId);
  program[Symbol.dispose]();
  folder[Symbol.dispose]();
});

test(
  'nginx reloaded at half of the window on both arms: on record with its replaced ' +
    'workers, and the verdict is the same',
  async () => {
    const run = startRun(program, join(SCENARIOS, 'reload.yaml'), join(folder.path, 'reload'), '--quiet');
    const { exit, out } = await run.ended;
    expect({ exit, out }).toMatchObject({ exit: 0 });
    expect(out).toMatch(/Under load, on both versions: reload after 690 requests \(4 times in all\)\./);
    const actions = journalled<ActionRecord & { t: string }>(run, 'action');
    expect(actions.map(({ t }) => t).sort()).toEqual(['r1-baseline', 'r1-candidate', 'r2-baseline', 'r2-candidate']);
    for (const { due, sent, failure } of actions) {
      expect([due, failure]).toEqual([690, null]);
      // A poll of 0.1 s at 30 requests/s, and room for a host that has other things to do.
      expect(sent - due).toBeLessThan(30);
    }
    const { verdict, trials } = JSON.parse(readFileSync(join(directoryOf(run)!, 'result.json'), 'utf8')) as Result;
    expect(
      trials.every(({ events }) =>
        events.some(({ kind, detail }) => kind === 'process-replaced' && detail.includes('nginx')),
      ),
    ).toBe(true);
    expect(verdict.assessment.validity.filter(({ ok }) => !ok)).toEqual([]);
    expect(verdict.assessment.findings.filter(({ kind }) => kind === 'process-replaced')).toEqual([]);
    expect(await leftBy(run)).toEqual([]);
  },
);

test('a running arm does steps with what its bring-up captured; one that fails says why, without secrets', async () => {
  const base = await loadScenario(join(SCENARIOS, 'reload.yaml'));
  const exec = (command: readonly string[], capture: Readonly<Record<string, string>> = {}): Step => ({
    name: 'look',
    timeoutSeconds: 20,
    kind: 'exec',
    service: 'waf',
    user: null,
    command,
    capture,
  });
  const scenario = {
    ...base,
    stack: { ...base.stack, steps: [exec(['sh', '-c', 'echo token=s3cret-value'], { token: 'token=(\\S+)' })] },
  };
  const stack = newStack();
  await stack.prepare({ scenario, runId, signal: calm(), onLine: silent });
  await using arm = await stack.up({ scenario, arm: 'baseline', runId, trialId: 'r1-baseline', signal: calm() });
  await arm.perform(exec(['test', '{{token}}', '=', 's3cret-value']), calm());
  await arm.perform({ name: 'reload', timeoutSeconds: 20, kind: 'signal', service: 'waf', signal: 'HUP' }, calm());
  await arm.perform(
    {
      name: 'reloaded',
      timeoutSeconds: 20,
      kind: 'log',
      service: 'waf',
      pattern: 'signal 1 \\(SIGHUP\\) received.*reconfiguring',
    },
    calm(),
  );
  await expect(arm.perform(exec(['sh', '-c', 'echo no {{token}} here; exit 3']), calm())).rejects.toMatchObject({
    code: 'STEP_FAILED',
    message: 'look did not succeed: it ended with exit code 3: no *** here',
  });
  await expect(
    arm.perform({ name: 'reload', timeoutSeconds: 20, kind: 'signal', service: 'waf', signal: 'NONSENSE' }, calm()),
  ).rejects.toMatchObject({ code: 'STEP_FAILED' });
});
