import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Journey, JourneyStep } from '../../src/model/index.js';
import { turnOf } from '../../src/traffic/journeys/turns.js';
import { listedTrace } from './listed-trace.js';
import { settings, template } from './settings.js';

const step = (overrides: Partial<JourneyStep>): JourneyStep => {
  const { weight: _, ...rest } = template();
  return { ...rest, capture: {}, ...overrides };
};
const journey = (overrides: Partial<Journey> = {}): Journey => ({
  name: 'shop',
  weight: 1,
  users: 5,
  vary: ['item'],
  steps: [
    step({ label: 'form', path: '/login?u={user}&i={item}', capture: { csrf: 'header:x-csrf' } }),
    step({ label: 'login', path: '/in?u={user}&c={csrf}' }),
    step({ label: 'out', path: '/out?u={user}&i={item}' }),
  ],
  ...overrides,
});
const shop = (one: Journey, more = {}) =>
  settings({
    fields: { user: { kind: 'word', cardinality: 2000 }, item: { kind: 'integer', from: 1, to: 5000 } },
    mix: [],
    journeys: [one],
    ...more,
  });

test('a visit that comes again is another visit, and its requests have indices of their own', () => {
  const { requests } = listedTrace(shop(journey(), { repeat: 60 }), 180);
  for (const user of new Set(requests.flatMap(({ visit }) => visit?.visitor ?? []))) {
    const own = requests.filter(({ visit }) => visit?.visitor === user);
    const numbers = own.map(({ visit }) => visit?.number ?? -1);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    const later = numbers.slice(own.findIndex(({ index }) => index >= 60));
    expect(later[0]).toBeGreaterThan(Math.max(...numbers.filter((_, i) => (own[i]?.index ?? 0) < 60)));
    for (const { visit, index } of own) expect(visit?.fill(new Map([['csrf', 'x']])).index).toBe(index);
  }
});

describe('turnOf', () => {
  test('every user goes its steps in order; only first visits are cut short', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 7 }), fc.nat(), (users, steps, key) => {
        const turns = Array.from({ length: users * steps * 4 }, (_, n) => turnOf(n, { users, steps, key }));
        for (let user = 0; user < users; user++) {
          const own = turns.filter((turn) => turn.user === user);
          expect(own).toHaveLength(steps * 4);
          const first = own.filter(({ visit }) => visit === 0);
          expect(first.map((turn) => turn.step)).toEqual([...first.keys()]);
          expect(first).toHaveLength(steps - (user % steps));
          expect(own.slice(first.length).map(({ visit, step: at }) => (visit - 1) * steps + at)).toEqual([
            ...own.slice(first.length).keys(),
          ]);
        }
      }),
    );
  });

  test('once the first visits are over, each round has each step about equally often', () => {
    const shape = { users: 12, steps: 4, key: 9 };
    for (let round = 4; round < 20; round++) {
      const steps = Array.from({ length: 12 }, (_, place) => turnOf(round * 12 + place, shape).step);
      expect([0, 1, 2, 3].map((one) => steps.filter((at) => at === one).length)).toEqual([3, 3, 3, 3]);
    }
  });
});

describe('journeys in a trace', () => {
  const trace = listedTrace(shop(journey()), 3000);

  test('keep a field during a visit, and vary the fields that must vary', () => {
    const users = new Map<string, string[]>();
    for (const { label, target } of trace.requests) {
      const user = /u=([^&]+)/.exec(target)?.[1] ?? '';
      users.set(user, [...(users.get(user) ?? []), label]);
    }
    expect(users.size).toBeGreaterThan(1000);
    for (const labels of users.values())
      expect(labels).toEqual(['shop.form', 'shop.login', 'shop.out'].slice(0, labels.length));
    const items = trace.requests.flatMap(({ target }) => /i=(\d+)/.exec(target)?.[1] ?? []);
    expect(new Set(items).size).toBe(items.length);
  });

  test('are the same each time, and the beginning of a longer one', () => {
    expect(listedTrace(shop(journey()), 3000).digest).toBe(trace.digest);
    expect(listedTrace(shop(journey(), { seed: 2 }), 3000).digest).not.toBe(trace.digest);
    const shorter = listedTrace(shop(journey()), 100).requests.map(({ target }) => target);
    expect(trace.requests.slice(0, 100).map(({ target }) => target)).toEqual(shorter);
  });

  test('have placeholders for values that answers will give', () => {
    const login = trace.requests.find(({ label }) => label === 'shop.login');
    expect(login?.target).toMatch(/&c=not-captured-csrf$/);
    expect(login?.visit).toMatchObject({ carries: ['csrf'], capture: {} });
    expect(login?.visit?.fill(new Map([['csrf', 'a&b']])).target).toMatch(/&c=a%26b$/);
    expect(trace.requests.find(({ label }) => label === 'shop.out')?.visit).toBeUndefined();
  });

  test('take their share beside templates, and count by step', () => {
    const both = shop(journey({ weight: 3 }), { mix: [template({ label: 'home', weight: 1 })] });
    const { labels } = listedTrace(both, 4000);
    expect(labels['home']).toBe(1000);
    expect(Object.keys(labels)).toEqual(['home', 'shop.form', 'shop.login', 'shop.out']);
    for (const label of ['shop.form', 'shop.login', 'shop.out']) expect(labels[label]).toBeCloseTo(1000, -1.5);
  });
});
