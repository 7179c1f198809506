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

const sample = (name: string, id: number): NamedSample => ({
  service: 'waf',
  heap: 'malloc',
  id: `${name} ${id}`,
  weight: 4096,
  frames: [{ name, file: '/usr/lib/libxml2.so.2', package: 'libxml2 2.9.14' }],
});
/** So many blocks; `from` is the number of the first one. */
const times = (number: number, name: string, from = 0): NamedSample[] =>
  Array.from({ length: number }, (_, i) => sample(name, from + i));
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

  test('blocks that are exchanged for others make the error larger, and those that stay do not', () => {
    const exchanged = { before: times(100, 'cache'), after: times(120, 'cache', 1000) };
    expect(totalGrowth(exchanged, 1)).toEqual({ bytes: 20 * 4096, error: Math.sqrt(220) * 4096 });
    expect(growingStacks({ baseline: quiet, candidate: exchanged }, 1)).toEqual([]);
    const added = { before: times(100, 'cache'), after: times(120, 'cache') };
    expect(growingStacks({ baseline: quiet, candidate: added }, 1)).toHaveLength(1);
  });

  test('what only the baseline gives back is no growth', () => {
    const baseline = { before: times(100, 'cache'), after: [] };
    expect(growingStacks({ baseline, candidate: { before: [], after: [] } }, 1)).toEqual([]);
  });

  test('functions are the same in both versions by their names, without lines and folders of packages', () => {
    const at = (file: string, line: number, number: number): NamedSample[] =>
      Array.from({ length: number }, (_, i) => ({
        ...sample('', i),
        id: `${file}:${line} ${i}`,
        frames: [{ name: null, file, line, package: null }],
      }));
    const baseline = { before: [], after: at('/a/.pnpm/x@1/node_modules/x/index.js', 7, 100) };
    const file = '/a/.pnpm/x@2/node_modules/x/index.js';
    expect(growingStacks({ baseline, candidate: { before: [], after: at(file, 9, 100) } }, 1)).toEqual([]);
    // The place that grows most is shown.
    const candidate = { before: [], after: [...at(file, 9, 10), ...at(file, 40, 290)] };
    const [first, ...rest] = growingStacks({ baseline, candidate }, 1);
    expect(first).toMatchObject({ frames: [{ line: 40 }], candidate: { bytes: 300 * 4096 } });
    expect(rest).toEqual([]);
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
    const script = { name: 'handle', file: '/app/node_modules/router/index.js', line: 95, package: 'router@2.0.1' };
    expect(frameWords(script)).toBe('handle (/app/node_modules/router/index.js:95, router@2.0.1)');
    expect(frameWords({ ...script, name: null })).toMatch(/^function without a name \(/);
    expect(explanationSentence(result)).toMatch(/^1 call stack grows more in the candidate\. Sampled memory/);
    expect(explanationSentence({ ...result, stacks: [] })).toMatch(/^No call stack grows more in the candidate/);
    expect(explanationSentence({ ...result, total: null, stacks: [] })).toBeNull();
    expect(missingWords(result)).toHaveLength(2);
    expect(missingWords({ ...result, unseen: [], lost: 0 })).toEqual([]);
    const partly = [{ service: 'gateway', heap: 'javascript' } as const];
    expect(missingWords({ ...result, unseen: [], lost: 0, partly })[0]).toMatch(
      /^gateway: not every process and thread/,
    );
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
