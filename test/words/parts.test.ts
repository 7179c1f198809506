import { describe, expect, test } from 'vitest';
import type { Metric } from '../../src/model/index.js';
import type { Estimate, PartGrowth } from '../../src/results/index.js';
import { liveSentence, partsSentence } from '../../src/words/parts.js';

const about = (value: number): Estimate => ({ value, lower: value - 4, upper: value + 4, confidence: 0.95 });
const part = (metric: Metric, value: number, counted = true): PartGrowth => ({
  metric,
  counted,
  growth: { baseline: about(0), candidate: about(value) },
  difference: about(value),
});

describe('which kind of memory grows', () => {
  test('names the kind that is nearly all of the growth', () => {
    const parts = [part('anon_bytes', 8120), part('shmem_bytes', 0), part('kernel_unreclaimable_bytes', 16)];
    expect(partsSentence(about(8136), parts, 'bytes/request')).toBe(
      'Of the 8.14 KB per request, 8.12 KB is anonymous memory (what its processes allocate, such as heap and stacks).',
    );
  });

  test('names all kinds that are at least a tenth of it, the largest first, and never page cache', () => {
    const parts = [part('anon_bytes', 100), part('shmem_bytes', 300), part('file_bytes', 9000, false)];
    expect(partsSentence(about(400), parts, 'bytes/request')).toMatch(
      /^Of the 400 B per request, 300 B is shared memory .* and 100 B is anonymous memory/,
    );
  });

  test.each([
    ['nothing where the growth is not sure', about(3), [part('anon_bytes', 3)]],
    ['nothing where the kinds were not read', about(400), []],
    ['nothing where no kind stands out', about(400), [part('anon_bytes', 8)]],
    ['nothing without a difference', null, [part('anon_bytes', 400)]],
  ])('%s', (_, difference, parts) => {
    expect(partsSentence(difference, parts, 'bytes/request')).toBeNull();
  });
});

describe('live heap', () => {
  const anon = part('anon_bytes', 8120);

  test('distinguishes a leak from memory that the allocator keeps', () => {
    expect(liveSentence([anon, part('live_bytes', 7900, false)], 'bytes/request')).toBe(
      'The live heap grows by 7.9 KB per request: the service does not give these blocks back.',
    );
    expect(liveSentence([anon, part('live_bytes', 5000, false)], 'bytes/request')).toBe(
      'The live heap grows by 5 KB per request: the service does not give these blocks back. ' +
        'Its allocator keeps 3.12 KB that is free.',
    );
  });

  test('says so where memory grows and live heap does not', () => {
    expect(liveSentence([anon, part('live_bytes', 1, false)], 'bytes/request')).toMatch(
      /^The live heap does not surely/,
    );
  });

  test('says nothing without the lens, or where nothing grows', () => {
    expect(liveSentence([anon], 'bytes/request')).toBeNull();
    expect(liveSentence([part('anon_bytes', 2), part('live_bytes', 2, false)], 'bytes/request')).toBeNull();
  });
});
