import { describe, expect, it } from 'vitest';
import type { ContainerEvent, ReplayResult, Scenario } from '../../src/model/index.js';
import type { Result } from '../../src/results/index.js';
import { remedyJournal, type RemedyRecord } from '../../src/run/remedy-record.js';
import { remedyTestOf } from '../../src/run/remedy-result.js';
import { remedyRound } from '../../src/run/remedy-round.js';
import { remedyWish, type RemedyOptions } from '../../src/run/remedy-wish.js';
import { failing, passing } from '../report/fixtures.js';
import { action, EVERY, reading, sawtooth } from '../remedy/samples.js';

const OPTIONS: RemedyOptions = {
  run: 'reports/RUN',
  service: null,
  kind: 'restart',
  detail: null,
  every: null,
  lasts: null,
  testEvery: null,
  survive: null,
};
const scenario: Scenario = failing().manifest.scenario;
const wishOf = (options: Partial<RemedyOptions> = {}, result: Result = failing()) =>
  remedyWish(result, scenario, { ...OPTIONS, ...options });
const refusal = (code: string, message: RegExp) =>
  expect.objectContaining({ code, exitCode: 2, message: expect.stringMatching(message) as string }) as Error;

describe('what is tested', () => {
  it('is the failing service, at the interval that the run gives, for as long as it must survive', () => {
    const wish = wishOf();
    expect(wish.remedy).toEqual({ kind: 'restart', service: 'waf', detail: null });
    expect(wish.every).toBe(wish.computed.restartEvery);
    expect(wish.survive).toBe(scenario.gate.production?.surviveSeconds);
    expect(wish.plan.applications).toBe(12);
  });

  it('a run that is no FAIL, and one of another scenario, are refused', () => {
    const passed = passing();
    expect(() => remedyWish(passed, passed.manifest.scenario, OPTIONS)).toThrow(
      refusal('REMEDY_REFUSED', /The run is PASS/),
    );
    const other = { ...scenario, name: 'another' };
    expect(() => remedyWish(failing(), other, OPTIONS)).toThrow(refusal('REMEDY_REFUSED', /not another/));
  });

  it('an interval in which memory reaches the limit is refused, with one that is short enough', () => {
    expect(() => wishOf({ every: 365 * 86_400 })).toThrow(refusal('REMEDY_REFUSED', /too rarely: waf reaches/));
  });

  it('a load that is too short, and a service that does not fail, are refused', () => {
    expect(() => wishOf({ lasts: 60 })).toThrow(refusal('USAGE', /needs at least 5/));
    expect(() => wishOf({ service: 'origin' })).toThrow(refusal('USAGE', /origin does not fail/));
  });
});

describe('the load', () => {
  it('has the remedy on one copy only, at the same distance, and ends one interval after the last', () => {
    const wish = wishOf({ testEvery: 30, lasts: 300 });
    const { trials, actions, requests } = remedyRound(scenario, wish);
    const distance = 30 * scenario.traffic.rate;
    expect(trials.map(({ arm, id }) => [arm, id])).toEqual([
      ['baseline', 'without-remedy'],
      ['candidate', 'with-remedy'],
    ]);
    expect(actions.map(({ due }) => due - requests.warmup)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => n * distance),
    );
    expect(requests.window).toBe(10 * distance);
    expect(actions.every(({ only, step }) => only === 'candidate' && step.kind === 'restart')).toBe(true);
  });

  it('has no copy without the remedy if that would reach the limit of its container', () => {
    const wish = wishOf();
    const limit = { bytes: wish.computed.start + 1024, source: 'limit' as const };
    const { trials } = remedyRound(scenario, { ...wish, computed: { ...wish.computed, limit } });
    expect(trials.map(({ id }) => id)).toEqual(['with-remedy']);
  });

  it('sends a signal, or runs a command by the shell of the service', () => {
    const stepOf = (kind: RemedyOptions['kind'], detail: string) =>
      remedyRound(scenario, wishOf({ kind, detail })).actions[0]?.step;
    expect(stepOf('signal', 'HUP')).toMatchObject({ kind: 'signal', service: 'waf', signal: 'HUP' });
    expect(stepOf('command', 'nginx -s reload')).toMatchObject({
      kind: 'exec',
      command: ['sh', '-c', 'nginx -s reload'],
    });
  });
});

describe('the result', () => {
  const TIMES = 6;
  const event = (kind: ContainerEvent['kind'], time: number): ContainerEvent => ({
    kind,
    service: 'waf',
    container: 1,
    time,
    requests: 0,
    detail: '',
  });

  function record(events: readonly ContainerEvent[], statuses: readonly number[] | null): RemedyRecord {
    const { journal, of } = remedyJournal();
    const { time, bytes } = sawtooth(TIMES, () => 0);
    for (const [i, second] of time.entries()) journal.reading('with', reading(second, bytes[i]));
    for (let number = 1; number <= TIMES; number += 1) journal.action('with', action(number));
    for (const one of events) journal.event('with', one);
    const facts = { service: 'waf', image: 'waf:2', imageId: 'sha256:2', name: 'waf-1', container: 1 };
    journal.containers('with', [facts as never]);
    const latency = { p50: 2, p99: 9, max: 800 };
    if (statuses !== null) journal.replay('with', { statuses, latency } as unknown as ReplayResult);
    return of('with');
  }
  const restarts = Array.from({ length: TIMES }, (_, i) => [
    event('exit', (i + 1) * EVERY + 0.2),
    event('restart', (i + 1) * EVERY + 0.7),
  ]).flat();
  const answers = Array.from({ length: (TIMES + 1) * EVERY * 100 }, () => 200);
  const test = (treated: RemedyRecord, cutOff: string | null = null, images = ['sha256:2']) => {
    const wish = wishOf({ testEvery: EVERY });
    return remedyTestOf({
      wish: { ...wish, images, computed: { ...wish.computed, growth: 1024 }, every: 3600 },
      startedAt: new Date(0),
      rate: 100,
      candidate: 'WAF 2',
      treated,
      untreated: null,
      cutOff,
    });
  };

  it('has the images, the requests that were lost, and how long the service was down', () => {
    const lost = answers.map((status, i) => (i === 2 * EVERY * 100 ? 0 : status));
    const result = test(record(restarts, lost));
    expect(result).toMatchObject({ outcome: 'holds', lost: 1, images: { waf: 'waf:2 sha256:2' }, candidate: 'WAF 2' });
    expect(result.applications.map((one) => one.lost)).toEqual([0, 1, 0, 0, 0, 0]);
    expect(result.applications[0]!.down).toBeCloseTo(0.5, 6);
    expect(result.latency).toEqual({ with: { p50: 2, p99: 9, max: 800 }, without: null });
    expect(result.seconds).toBe((TIMES + 1) * EVERY);
  });

  it('a service that ends between two applications, or runs out of memory, is never shown to hold', () => {
    for (const beside of [event('exit', EVERY * 1.5), event('vanished', EVERY * 2.4), event('oom-kill', EVERY + 0.1)]) {
      const result = test(record([...restarts, beside], answers));
      expect(result).toMatchObject({ outcome: 'not-shown', reasons: [{ code: 'remedy-service-ended' }] });
    }
  });

  it('another image than that of the run, or one that is not known, is never shown to hold', () => {
    for (const images of [['sha256:1'], []])
      expect(test(record(restarts, answers), null, images)).toMatchObject({
        outcome: 'not-shown',
        reasons: [{ code: 'remedy-other-image', facts: { service: 'waf' } }],
      });
  });

  it('a test that was cut off says so, and does not know what was lost', () => {
    const result = test(record(restarts, null), 'INTERRUPTED');
    expect(result).toMatchObject({ outcome: 'not-shown', lost: null });
    expect(result.reasons[0]).toEqual({ code: 'remedy-cut-off', facts: { error: 'INTERRUPTED' } });
  });
});
