import { describe, expect, test } from 'vitest';
import { bytesPerBatch, standingOf } from '../../src/hunt/standing.js';

describe('what the live heap after each batch says', () => {
  test.each([
    ['every batch leaves the same', [0, 800, 1600, 2400, 3200], 'keeps'],
    ['every batch leaves some, with a little more at times', [0, 800, 1700, 2400, 3300], 'keeps'],
    ['nothing stays', [5000, 5000, 5000, 5000, 5000], 'gives-back'],
    ['a pool is filled by the second batch', [0, 4096, 4096, 4096, 4096], 'gives-back'],
    ['a connection is closed late, again and again', [0, 512, 0, 512, 0], 'gives-back'],
    ['the heap falls', [9000, 8000, 7000, 7000, 6000], 'gives-back'],
    ['every second batch leaves some', [0, 32, 32, 64, 64], 'undecided'],
    ['the last batches leave very different amounts', [0, 100, 900, 1000, 5000], 'undecided'],
    ['there were too few batches', [0, 800, 1600, 2400], 'undecided'],
    ['there was none', [], 'undecided'],
  ] as const)('%s', (_, levels, expected) => {
    expect(standingOf(levels)).toBe(expected);
  });

  test('growth before the last batches does not count', () => {
    expect(standingOf([0, 90_000, 90_000, 90_000, 90_000, 90_000])).toBe('gives-back');
    expect(bytesPerBatch([0, 90_000, 90_032, 90_064, 90_096, 90_128])).toBe(32);
  });
});
