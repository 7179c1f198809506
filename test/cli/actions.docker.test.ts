import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Step } from '../../src/model/index.js';
import { loadScenario } from '../../src/scenario/index.js';
import { assertNothingLeft, calm, newRun, newStack, silent } from '../stack/daemon.js';
import { SCENARIOS } from './end-to-end.js';

const runId = newRun();

afterAll(() => assertNothingLeft(runId));

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
