import { afterEach, describe, expect, test } from 'vitest';
import { ask } from '../../src/stack/ask.js';
import { assertNothingLeft, calm, docker, failureOf, newRun, newStack, smallScenario } from './daemon.js';

describe('restarts that the compose file asks for', () => {
  let runId = '';
  afterEach(() => assertNothingLeft(runId));
  const up = (timeoutSeconds = 60, environment = {}) => {
    runId = newRun();
    const base = smallScenario('restarts.yml', { ready: { path: '/', status: 200, timeoutSeconds } });
    const candidate = { ...base.arms.candidate, environment };
    const scenario = { ...base, arms: { ...base.arms, candidate } };
    return newStack().up({ scenario, arm: 'candidate', runId, trialId: 't1', signal: calm() });
  };

  test('a service may end until its database answers, and this is noted; then restarts are off', async () => {
    await using stack = await up();
    expect((await ask({ ...stack.entry, path: '/', signal: calm() })).status).toBe(200);
    const notes = (await stack.notes?.()) ?? [];
    expect(notes).toContainEqual({
      code: 'restarted-before-load',
      facts: { service: 'web', times: expect.any(Number) },
    });
    const web = docker.getContainer(stack.containers.find(({ service }) => service === 'web')!.id);
    const before = await web.inspect();
    expect(before.RestartCount).toBeGreaterThanOrEqual(1);
    expect(before.HostConfig.RestartPolicy?.Name).toBe('no');
    const restart = { kind: 'restart', service: 'web', name: 'restart web', timeoutSeconds: 60 } as const;
    await stack.perform(restart, calm());
    const again = await web.inspect();
    expect(again.State.Running).toBe(true);
    expect(again.State.StartedAt).not.toBe(before.State.StartedAt);
    expect(again.NetworkSettings.Ports).toEqual(before.NetworkSettings.Ports);
    await web.kill();
    await web.wait();
    expect((await web.inspect()).State).toMatchObject({ Status: 'exited', Running: false });
  });

  test('a service that does not stay up is named, with what it said', async () => {
    const failure = await failureOf(up(6, { COMPOSE_PROFILES: 'broken' }));
    expect(failure).toMatchObject({ code: 'START_FAILED', exitCode: 5 });
    expect(failure.message).toMatch(/^sleeper ended with exit code 3 while starting after [1-9]\d* restarts/);
    expect(failure.hint).toContain('no licence');
  });
});
