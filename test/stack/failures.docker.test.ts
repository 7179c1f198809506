import { afterEach, describe, expect, test } from 'vitest';
import type { Scenario } from '../../src/model/index.js';
import { assertNothingLeft, calm, docker, failureOf, newRun, newStack, silent, smallScenario } from './daemon.js';

describe('each failure ends with a clear message and leaves nothing behind', () => {
  let runId = '';
  afterEach(() => assertNothingLeft(runId));

  const prepare = (scenario: Scenario, onLine: (line: string) => void = silent, signal = calm()) => {
    runId = newRun();
    return failureOf(newStack().prepare({ scenario, runId, signal, onLine }));
  };
  const up = (scenario: Scenario, signal = calm()) => {
    runId = newRun();
    return failureOf(newStack().up({ scenario, arm: 'candidate', runId, trialId: 't1', signal }));
  };

  test('a build that fails: its last lines', async () => {
    const lines: string[] = [];
    const failure = await prepare(smallScenario('failing-build.yml'), (line) => lines.push(line));
    expect(failure).toMatchObject({ code: 'BUILD_FAILED', exitCode: 5 });
    expect(failure.hint).toContain('the compiler is unhappy');
    expect(lines.join('\n')).toContain('the compiler is unhappy');
  });

  test("a base image that can't be had: its name, and what makes one", async () => {
    const failure = await prepare(smallScenario('missing-base.yml'));
    expect(failure.code).toBe('BUILD_FAILED');
    expect(failure.hint).toContain('slopegate.invalid/no-such-base:1');
    expect(failure.hint).toContain('ensure-base-images.sh');
  });

  test("an image that can't be pulled and is not built", async () => {
    const failure = await prepare(smallScenario('missing-image.yml'));
    expect(failure).toMatchObject({ code: 'IMAGE_MISSING', exitCode: 5 });
    expect(failure.message).toContain('slopegate.invalid/no-such-image:1');
  });

  test('a compose file that Compose rejects: in its own words', async () => {
    const failure = await prepare(smallScenario('misspelt.yml'));
    expect(failure).toMatchObject({ code: 'COMPOSE_CONFIG', exitCode: 2 });
    expect(failure.message).toContain('comand');
  });

  test('a compose file that is not there', async () => {
    const failure = await prepare(smallScenario('no-such-file.yml'));
    expect(failure.code).toBe('COMPOSE_CONFIG');
    expect(failure.message).toMatch(/The compose file \S+no-such-file\.yml does not exist\./);
  });

  test('a scenario that names a service which the stack does not have', async () => {
    const failure = await prepare(smallScenario('silent.yml', { entry: { service: 'wbe', port: 80 } }));
    expect(failure).toMatchObject({ code: 'COMPOSE_CONFIG', hint: expect.stringMatching(/^Its services: web\./) });
  });

  test('a container that never answers: what came instead, and its log', async () => {
    const failure = await up(smallScenario('silent.yml', { ready: { path: '/', status: 200, timeoutSeconds: 2 } }));
    expect(failure).toMatchObject({ code: 'NOT_READY', exitCode: 5 });
    expect(failure.message).toMatch(
      /web:80 is not ready: \/ should answer 200 within 2 s, but .*(ECONNRESET|closed before an answer came|refused)/,
    );
    expect(failure.hint).toContain('warming up');
  });

  test('a container that ends while it starts: its exit code, and its log', async () => {
    const failure = await up(smallScenario('ends.yml'));
    expect(failure).toMatchObject({ code: 'START_FAILED', exitCode: 5 });
    expect(failure.message).toContain('web ended with exit code 7');
    expect(failure.hint).toContain('no licence found');
  });

  test('an answer with another status is not the answer', async () => {
    const failure = await up(smallScenario('busy.yml', { ready: { path: '/', status: 204, timeoutSeconds: 2 } }));
    expect(failure.code).toBe('NOT_READY');
    expect(failure.message).toContain('it answered 200');
  });

  test('Ctrl-C in the middle of a build', async () => {
    const abort = new AbortController();
    const scenario = smallScenario('slow-build.yml');
    const arms = {
      baseline: { ...scenario.arms.baseline, environment: { NOW: newRun() } },
      candidate: { ...scenario.arms.candidate, environment: { NOW: newRun() } },
    };
    const began = performance.now();
    const failure = await prepare(
      { ...scenario, arms },
      (line) => line.includes('building at') && abort.abort(),
      abort.signal,
    );
    expect(failure).toMatchObject({ code: 'INTERRUPTED', exitCode: 130 });
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  test.each([0, 40, 150, 300, 500, 800, 1_200, 2_000])('Ctrl-C after %i ms of bringing an arm up', async (delay) => {
    const abort = new AbortController();
    runId = newRun();
    const stack = newStack();
    const scenario = smallScenario('busy.yml', { ready: { path: '/', status: 204, timeoutSeconds: 30 } });
    await stack.prepare({ scenario, runId, signal: calm(), onLine: silent });
    setTimeout(() => abort.abort(), delay);
    const failure = await failureOf(
      stack.up({ scenario, arm: 'baseline', runId, trialId: 't1', signal: abort.signal }),
    );
    expect(failure).toMatchObject({ code: 'INTERRUPTED', exitCode: 130 });
  });

  test('no container of the tests runs on', async () => {
    const all = await docker.listContainers({ all: true });
    expect(all.flatMap(({ Names }) => Names).filter((name) => name.includes(`test-${process.pid}-`))).toEqual([]);
  });
});
