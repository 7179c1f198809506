import { afterEach, expect, test } from 'vitest';
import { imageId } from '../../src/docker/images.js';
import { ask } from '../../src/stack/ask.js';
import { assertNothingLeft, calm, docker, failureOf, newRun, newStack, smallScenario } from './daemon.js';

let runId = '';
afterEach(() => assertNothingLeft(runId));

type Variables = Readonly<Record<string, string>>;

const up = (baseline: Variables, candidate: Variables) => {
  runId = newRun();
  const base = smallScenario('builds.yml');
  const arms = {
    baseline: { ...base.arms.baseline, environment: baseline },
    candidate: { ...base.arms.candidate, environment: candidate },
  };
  const scenario = { ...base, arms };
  return newStack().up({ scenario, arm: 'candidate', runId, trialId: 't1', signal: calm() });
};

test("a service starts from the image of the base in its file, which is built with the arm's secret", async () => {
  // BuildKit does not build again because a secret is another one.
  const token = `token-${process.pid}`;
  await using stack = await up({ BUILD_TOKEN: token }, { BUILD_TOKEN: token, VERSION: '2' });
  const { body } = await ask({ ...stack.entry, path: '/', signal: calm() });
  expect(body).toMatch(/^token-\d+$/);
  expect(await imageId(docker, 'slopegate-test.invalid/base:1')).toBeNull();
});

test('two secrets for one image are refused', async () => {
  const failure = await failureOf(up({ BUILD_TOKEN: 'one-secret' }, { BUILD_TOKEN: 'another-secret' }));
  expect(failure).toMatchObject({ code: 'COMPOSE_CONFIG', exitCode: 2 });
  expect(failure.message).toContain('its secret BUILD_TOKEN has another value in each arm');
  expect(JSON.stringify([failure.message, failure.hint])).not.toContain('one-secret');
});
