import { describe, expect, it } from 'vitest';
import { growingStacks, refuseUnanswered, samplesIn, totalGrowth, type Looks } from '../../src/explain/index.js';

const grown = (service: string): Looks => ({
  before: [],
  after: Array.from({ length: 100 }, () => ({ service, weight: 4096, frames: [] })),
});
const both = ({ before, after }: Looks, other: Looks): Looks => ({
  before: [...before, ...other.before],
  after: [...after, ...other.after],
});

describe('what an explanation compares', () => {
  it('a service that is sampled only in the candidate is not compared', () => {
    const candidate = both(grown('waf'), grown('helper'));
    const seen = samplesIn(candidate, ['waf']);
    expect(totalGrowth(candidate, 100).bytes).toBe(2 * totalGrowth(seen, 100).bytes);
    const stacks = growingStacks({ baseline: grown('waf'), candidate: seen }, 100);
    expect(stacks).toEqual([]);
    expect(growingStacks({ baseline: grown('waf'), candidate }, 100).map(({ service }) => service)).toEqual(['helper']);
  });

  it('a version that did not answer is an error, not a version that does not grow', () => {
    expect(() => refuseUnanswered('candidate', { planned: 400, answered: 0 })).toThrow(
      'The candidate answered 0 of 400 requests',
    );
    expect(() => refuseUnanswered('baseline', { planned: 400, answered: 395 })).toThrow(/395 of 400/);
    expect(() => refuseUnanswered('baseline', { planned: 400, answered: 396 })).not.toThrow();
    expect(() => refuseUnanswered('baseline', { planned: 400, answered: 300, aborted: 100 })).not.toThrow();
  });
});
