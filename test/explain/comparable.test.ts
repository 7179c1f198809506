import { describe, expect, it } from 'vitest';
import { growingStacks, refuseUnanswered, samplesIn, sightOfAll, type Looks } from '../../src/explain/index.js';
import type { SampledHeap } from '../../src/model/index.js';

const heapOf = (service: string): SampledHeap => ({ service, heap: 'malloc' });
const grown = (service: string): Looks => ({
  before: [],
  after: Array.from({ length: 100 }, (_, i) => ({ ...heapOf(service), id: `${i}`, weight: 4096, frames: [] })),
});
const both = ({ before, after }: Looks, other: Looks): Looks => ({
  before: [...before, ...other.before],
  after: [...after, ...other.after],
});

describe('what an explanation compares', () => {
  it('a service that is sampled only in the candidate is not compared', () => {
    const candidate = both(grown('waf'), grown('helper'));
    const seen = samplesIn(candidate, [heapOf('waf')]);
    expect(seen.after.map(({ service }) => service)).toEqual(Array.from({ length: 100 }, () => 'waf'));
    const stacks = growingStacks({ baseline: grown('waf'), candidate: seen }, 100);
    expect(stacks).toEqual([]);
    expect(growingStacks({ baseline: grown('waf'), candidate }, 100).map(({ service }) => service)).toEqual(['helper']);
  });

  it('a heap counts only if every reading of both versions saw it as a whole', () => {
    const [blocks, objects] = [heapOf('waf'), { service: 'waf', heap: 'javascript' } as const];
    const whole = { seen: [blocks, objects], missed: [] };
    expect(sightOfAll([whole, whole])).toEqual(whole);
    // One of two containers did not answer, or one version has no Node.js.
    expect(sightOfAll([whole, { ...whole, missed: [objects] }])).toEqual({ seen: [blocks], missed: [objects] });
    expect(sightOfAll([{ seen: [blocks], missed: [] }, whole])).toEqual({ seen: [blocks], missed: [objects] });
    expect(sightOfAll([{ seen: [], missed: [blocks] }])).toEqual({ seen: [], missed: [blocks] });
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
