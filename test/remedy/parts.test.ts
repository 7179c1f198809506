import { describe, expect, it } from 'vitest';
import type { ContainerEvent } from '../../src/model/index.js';
import { applicationsOf, levelsOf, lostRequests, planRemedy } from '../../src/remedy/index.js';
import { action, EVERY, MIB, reading, sawtooth } from './samples.js';

const event = (kind: ContainerEvent['kind'], time: number): ContainerEvent => ({
  kind,
  service: 'waf',
  container: 1,
  time,
  requests: 0,
  detail: '',
});

describe('the memory of a service', () => {
  it('is the sum of its containers; a second in which one was not read is left out', () => {
    const readings = [
      reading(1, 10),
      reading(1, 5, 2),
      reading(2, 11),
      reading(3, 12),
      reading(3, undefined, 2),
      reading(4, 13),
      reading(4, 6, 2),
      reading(4, 99, 1, 'origin'),
    ];
    expect(levelsOf(readings, 'waf', 2)).toEqual({ time: [1, 4], bytes: [15, 19], tasks: [null, null] });
  });
});

describe('an application', () => {
  it('has the levels before it and after it has settled, and what it gave back and left', () => {
    const [first, second] = applicationsOf({
      kind: 'restart',
      actions: [action(1), action(2)],
      series: sawtooth(2, () => MIB),
      events: [event('exit', EVERY + 0.5), event('restart', EVERY + 2)],
      every: EVERY,
      lost: [0, 3],
    });
    expect(first).toMatchObject({ number: 1, sent: 2000, left: null, lost: 0, failure: null, down: 1.5 });
    expect(second!.down).toBe(0);
    expect(second!.left).toBe(second!.after! - first!.after!);
    expect(second!.left! / MIB).toBeCloseTo(1, 6);
  });

  it('without readings has no levels, and names why it failed', () => {
    const failure = { code: 'ended-by-error', facts: { error: 'STEP_FAILED', message: 'gone' } } as const;
    const [only] = applicationsOf({
      kind: 'restart',
      actions: [action(1, { failure })],
      series: { time: [], bytes: [], tasks: [] },
      events: [],
      every: EVERY,
      lost: null,
    });
    expect(only).toMatchObject({ before: null, after: null, left: null, lost: null });
    expect(only!.failure).toEqual({ code: 'STEP_FAILED', message: 'gone' });
  });
});

describe('processes from before a reload', () => {
  const base = sawtooth(6, () => MIB);
  /** The second generation ends so many seconds after each reload, and has 20 MiB until then. */
  const series = (ends: (number: number) => number) => {
    const old = base.time.map((second) => second > EVERY && (second - 1) % EVERY < ends(Math.floor(second / EVERY)));
    return {
      time: base.time,
      bytes: base.bytes.map((bytes, i) => bytes + (old[i] ? 20 * MIB : 0)),
      tasks: old.map((isOld) => (isOld ? 5 : 3)),
    };
  };
  const reloads = (ends: (number: number) => number) =>
    applicationsOf({
      kind: 'signal',
      actions: [1, 2, 3, 4, 5].map((number) => action(number)),
      series: series(ends),
      events: [],
      every: EVERY,
      lost: null,
    });

  it('that end in time do not matter', () => {
    const found = reloads(() => 10);
    expect(found.every(({ isUnsettled }) => !isUnsettled)).toBe(true);
    for (const { left } of found.slice(1)) expect(left! / MIB).toBeCloseTo(1, 6);
  });

  it('that still run leave their application out; what was left is shared by those since the one before', () => {
    const found = reloads((number) => (number === 2 ? EVERY : 10));
    expect(found.map(({ isUnsettled }) => isUnsettled)).toEqual([false, true, false, false, false]);
    expect(found[1]!.left).toBeNull();
    expect(found[1]!.after! - found[0]!.after!).toBeGreaterThan(20 * MIB);
    expect(found[2]!.left! / MIB).toBeCloseTo(1, 1);
  });
});

describe('lost requests', () => {
  const answers = (with_: number[], without: number[] | null) => ({ with: with_, without, rate: 1 });

  it('are those without an answer, or with 500 and above, that were answered without the remedy', () => {
    expect(lostRequests(answers([200, 0, 503, 403, 0, 1], [200, 200, 200, 403, 0, 1]), [1])).toEqual([2]);
  });

  it('count for the application before them; those on their way when it begins count for it', () => {
    const statuses = [0, 0, 200, 0, 0, 0, 200, 0];
    expect(lostRequests(answers(statuses, null), [4, 7])).toEqual([3, 1]);
  });
});

describe('the plan of a test', () => {
  const wish = { growth: 1024, rate: 100, every: 6 * 3600, lasts: null, testEvery: null };

  it('waits until 2 MiB are built up, between 20 s and 2 minutes', () => {
    expect(planRemedy(wish)).toEqual({ every: 21, applications: 12 });
    expect(planRemedy({ ...wish, growth: 1e6 }).every).toBe(20);
    expect(planRemedy({ ...wish, growth: 1 }).every).toBe(120);
  });

  it('follows what is stated: how long the load lasts, and how often the remedy is applied', () => {
    expect(planRemedy({ ...wish, growth: 1, lasts: 600 })).toEqual({ every: 47, applications: 11 });
    expect(planRemedy({ ...wish, lasts: 1000, testEvery: 100 })).toEqual({ every: 100, applications: 9 });
    expect(planRemedy({ ...wish, lasts: 60 })).toEqual({ every: 20, applications: 2 });
  });
});
