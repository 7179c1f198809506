import { afterEach, expect, test } from 'vitest';
import { ask } from '../../src/stack/ask.js';
import { assertNothingLeft, calm, failureOf, newRun, newStack, smallScenario } from './daemon.js';

let runId = '';
afterEach(() => assertNothingLeft(runId));

const up = (environment: Readonly<Record<string, string>>) => {
  runId = newRun();
  const base = smallScenario('file-variables.yml');
  const scenario = { ...base, arms: { ...base.arms, candidate: { ...base.arms.candidate, environment } } };
  return newStack().up({ scenario, arm: 'candidate', runId, trialId: 't1', signal: calm() });
};

test("configs and secrets take the values of the arm's variables, and slopegate's own where it has none", async () => {
  await using stack = await up({ TOKEN: ' pa$$word $TOKEN' });
  const { body } = await ask({ ...stack.entry, path: '/', signal: calm() });
  expect(body).toBe(`${process.env['HOME']} pa$$word $TOKEN`);
});

test('a variable without a value is named', async () => {
  const failure = await failureOf(up({}));
  expect(failure).toMatchObject({ code: 'START_FAILED', exitCode: 5 });
  expect(failure.message).toContain('TOKEN');
});
