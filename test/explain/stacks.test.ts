import { describe, expect, test } from 'vitest';
import { growingStacks, totalGrowth, type NamedSample } from '../../src/explain/index.js';
import {
  explanationSentence,
  explanationSentences,
  frameWords,
  missingWords,
  stackSentence,
} from '../../src/words/explain.js';
import { explained } from './explained.js';

const sample = (name: string, weight = 4096): NamedSample => ({
  service: 'waf',
  weight,
  frames: [{ name, file: '/usr/lib/libxml2.so.2', package: 'libxml2 2.9.14' }],
});
const times = (number: number, name: string): NamedSample[] => Array.from({ length: number }, () => sample(name));
const quiet = { before: times(50, 'cache'), after: times(50, 'cache') };

describe('stacks that grow', () => {
  test('the candidate alone keeps memory: bytes per request with their error', () => {
    const candidate = { before: [...times(50, 'cache'), ...times(100, 'leak')], after: times(200, 'leak') };
    const [first, ...rest] = growingStacks({ baseline: quiet, candidate }, 100);
    expect(first).toMatchObject({ service: 'waf', baseline: { bytes: 0, error: 0 }, candidate: { bytes: 4096 } });
    expect(first?.candidate.error).toBeCloseTo(409.6);
    expect(rest).toEqual([]);
    expect(totalGrowth(candidate, 100).bytes).toBe(2048);
  });

  test('the largest difference comes first', () => {
    const candidate = { before: [], after: [...times(60, 'small'), ...times(300, 'large')] };
    const found = growingStacks({ baseline: quiet, candidate }, 10);
    expect(found.map(({ frames }) => frames[0]?.name)).toEqual(['large', 'small']);
  });

  test('what both versions keep, and what a few samples show, is not named', () => {
    const both = { before: [], after: times(300, 'cache') };
    expect(growingStacks({ baseline: both, candidate: both }, 10)).toEqual([]);
    const few = { before: [], after: [...times(4, 'chance'), ...times(300, 'cache')] };
    expect(growingStacks({ baseline: both, candidate: few }, 10)).toEqual([]);
  });
});

describe('in words', () => {
  const result = explained({ unseen: ['mgt'], lost: 3 });
  const stack = result.stacks[0]!;

  test('a stack, its frames, and what is missing', () => {
    expect(stackSentence(stack)).toBe(
      'waf: the candidate keeps 4.4 KB per request (± 196 B), the baseline 0 B per request (± 0 B).',
    );
    expect(frameWords(stack.frames[0]!)).toBe('xmlDictCreate (libxml2.so.2, libxml2 2.9.14)');
    expect(frameWords({ name: null, file: null, package: null })).toBe('no symbol');
    expect(explanationSentence(result)).toMatch(/^1 call stack grows more in the candidate\. Sampled memory/);
    expect(explanationSentence({ ...result, stacks: [] })).toMatch(/^No call stack grows more in the candidate/);
    expect(missingWords(result)).toHaveLength(2);
    expect(missingWords({ ...result, unseen: [], lost: 0 })).toEqual([]);
  });

  test('it starts with what the run says: which service, which memory, per request and per hour', () => {
    expect(explanationSentences(result)[0]).toBe(
      'waf: in the run the candidate grows by 8 KB per request more than the baseline, 1.88 GiB per hour at 70 ' +
        'requests/s. Of the 8 KB per request, 7.8 KB is anonymous memory (what its processes allocate, such as heap ' +
        'and stacks).',
    );
    expect(explanationSentences({ ...result, run: null })[0]).toMatch(/^1 call stack grows/);
  });

  test('it says if the scenario or an image is not that of the run, and if nothing fails there', () => {
    const other = { ...result.run!, outcome: 'pass', grown: [], changed: 'traffic.mix', otherImages: ['waf'] } as const;
    const text = explanationSentences({ ...result, run: other }).join('\n');
    expect(text).toContain('No service fails in the run run-1 (PASS).');
    expect(text).toContain('not the same as in the run: traffic.mix differs');
    expect(text).toContain('waf ran from other images here than in the run');
  });
});
