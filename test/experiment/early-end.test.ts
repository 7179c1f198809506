import { describe, expect, it } from 'vitest';
import { earlyEnd } from '../../src/experiment/early-end.js';
import type { ContainerEvent, Reading, Scenario } from '../../src/model/index.js';

const handle = (service: string) => ({ id: service, name: `run-${service}-1`, service, container: 1 });
const scenarioOf = (findings: Record<string, string> = {}, unjudged: string[] = ['origin', 'cache']): Scenario =>
  ({
    arms: { baseline: {}, candidate: {} },
    stack: { entry: { service: 'waf', port: 1 }, origin: { service: 'origin', port: 1 }, roles: {}, unjudged },
    gate: { findings },
  }) as unknown as Scenario;

const event = (service: string, kind: ContainerEvent['kind']): ContainerEvent => ({
  kind,
  service,
  container: 1,
  time: 0,
  requests: 0,
  detail: 'exit code 137 (SIGKILL)',
});
const reading = (service: string, bytes: number | null): Reading => ({
  service,
  container: 1,
  time: 1,
  requests: 1,
  minimum: bytes === null ? { fds: 3 } : { unreclaimable_bytes: bytes },
  median: {},
});

function watch(services: readonly string[], scenario = scenarioOf(), restarted: readonly string[] = []) {
  const one = earlyEnd({ scenario, arm: 'candidate', containers: services.map(handle), restarted });
  let now = 0;
  /** Looks ten times a second, with readings of these services each second. */
  const pass = (seconds: number, read: readonly string[] = services): void => {
    for (let step = 0; step < seconds * 10; step += 1) {
      now += 0.1;
      if (step % 10 === 0) for (const service of read) one.onReading(reading(service, 5e6));
      one.look(now);
    }
  };
  return { ...one, pass, jump: (seconds: number) => (now += seconds) };
}

describe('a container that ends under load', () => {
  it.each(['waf', 'origin'])('ends the round if the load needs it: %s', (service) => {
    const { onEvent, pass } = watch(['waf', 'origin', 'cache']);
    pass(5);
    onEvent(event(service, 'exit'));
    expect(() => pass(6)).toThrow(expect.objectContaining({ code: 'REPLAY_FAILED' }) as Error);
  });

  it('also if it is judged and its end is a FAIL, but not if the scenario only warns', () => {
    const strict = watch(['waf', 'api']);
    strict.onEvent(event('api', 'vanished'));
    expect(() => strict.pass(6)).toThrow(/api of the candidate ended under load/);
    const lenient = watch(['waf', 'api'], scenarioOf({ exit: 'warn' }));
    lenient.onEvent(event('api', 'exit'));
    expect(() => lenient.pass(30, ['waf'])).not.toThrow();
  });

  it('does not end the round if it came back at once', () => {
    const { onEvent, pass } = watch(['waf']);
    onEvent(event('waf', 'exit'));
    pass(3, []);
    onEvent(event('waf', 'restart'));
    expect(() => pass(30)).not.toThrow();
  });

  it('that is restarted on purpose has a minute to come back', () => {
    const { onEvent, pass } = watch(['waf'], scenarioOf(), ['waf']);
    onEvent(event('waf', 'exit'));
    expect(() => pass(59, [])).not.toThrow();
    expect(() => pass(2, [])).toThrow(expect.objectContaining({ code: 'REPLAY_FAILED' }) as Error);
  });

  it('does not end the round if the load does not need it and it is not judged', () => {
    const { onEvent, pass } = watch(['waf', 'cache']);
    onEvent(event('cache', 'exit'));
    expect(() => pass(30, ['waf'])).not.toThrow();
  });
});

describe('a judged container without memory readings', () => {
  it('ends the run after ten seconds and is named', () => {
    const { pass } = watch(['waf', 'origin']);
    pass(5);
    expect(() => pass(9, ['origin'])).not.toThrow();
    expect(() => pass(2, ['origin'])).toThrow(
      expect.objectContaining({ code: 'OBSERVE_FAILED', message: expect.stringContaining('waf') as string }) as Error,
    );
  });

  it('other metrics are no substitute', () => {
    const { onReading, pass } = watch(['waf']);
    expect(() => {
      for (let second = 0; second < 12; second += 1) {
        onReading(reading('waf', null));
        pass(1, []);
      }
    }).toThrow(expect.objectContaining({ code: 'OBSERVE_FAILED' }) as Error);
  });

  it('does not matter if the service is not judged', () => {
    const { pass } = watch(['waf', 'origin']);
    expect(() => pass(30, ['waf'])).not.toThrow();
  });

  it('the time in which our own process was stopped does not count', () => {
    const { pass, jump } = watch(['waf']);
    pass(5);
    jump(60);
    expect(() => pass(5)).not.toThrow();
  });
});
