import { describe, expect, it } from 'vitest';
import { planExperiment } from '../../src/experiment/index.js';
import { SETTINGS } from './fakes.js';

describe('planExperiment', () => {
  it('sizes warm-up and window in requests: the larger of the count and the time at the rate', () => {
    const plan = planExperiment(
      { ...SETTINGS, warmup: { requests: 100, seconds: 20 }, window: { requests: 5000, seconds: 20 } },
      75,
    );
    expect(plan.rounds[0]?.requests).toEqual({ warmup: 1500, window: 5000 });
    expect(plan.confirmation[0]?.requests).toEqual({ warmup: 1500, window: 15_000 });
  });

  it('gives every trial a unique id', () => {
    for (const order of ['concurrent', 'interleaved'] as const) {
      const plan = planExperiment({ ...SETTINGS, order }, 75);
      const ids = [...plan.rounds, ...plan.confirmation].flatMap(({ trials }) => trials.map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
      expect(plan.looks.at(-1)?.afterRound).toBe(plan.rounds.length);
    }
  });
});
