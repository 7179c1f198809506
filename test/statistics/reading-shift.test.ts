import { describe, expect, test } from 'vitest';
import { labelWeights, weightedGrowth } from '../../src/statistics/estimators/label-growth.js';
import { readingShift, shiftBound } from '../../src/statistics/estimators/reading-shift.js';
import { reference } from './reference/index.js';

const { x, counts, pairs } = reference.labels as { x: number[]; counts: number[][]; pairs: number[] };
const weights = labelWeights({ x, counts, pairs }) ?? [];
/** What a label has left behind, and the same in between and beyond the readings. */
const kept = x.map((_, i) => 4096 * (counts[1]?.[i] as number));
const last = kept.length - 1;
const between = (index: number): number => {
  const from = Math.min(last - 1, Math.max(0, Math.floor(index)));
  return (kept[from] as number) + (index - from) * ((kept[from + 1] as number) - (kept[from] as number));
};
const shifts = (series: readonly number[]) => weights.map((one) => readingShift(one, series));

describe('readingShift', () => {
  test('is the difference in growth if the same memory is read half a reading earlier or later', () => {
    for (const one of weights) {
      const moved = (by: number): number =>
        weightedGrowth(
          one,
          kept.map((_, i) => between(i + by)),
        ) - weightedGrowth(one, kept);
      const { earlier, later } = readingShift(one, kept);
      expect(earlier).toBeNear(moved(-0.5), 1e-9);
      expect(later).toBeNear(moved(0.5), 1e-9);
    }
    expect(Math.abs(readingShift(weights[1] as Float64Array, kept).later)).toBeGreaterThan(1);
  });

  test('is 0 if memory does not grow, and rises with the leak', () => {
    for (const { earlier, later } of shifts(x.map(() => 31_457_280)))
      expect([Math.abs(earlier), Math.abs(later)]).toEqual([0, 0]);
    const [one, three] = [shifts(kept), shifts(kept.map((value) => 3e7 + 3 * value))];
    for (const [j, { earlier, later }] of one.entries()) {
      expect(three[j]?.earlier).toBeNear(3 * earlier, 1e-6);
      expect(three[j]?.later).toBeNear(3 * later, 1e-6);
    }
  });

  test('is small for growth that is equal for every request', () => {
    for (const { earlier, later } of shifts(x.map((value) => 4096 * value)))
      for (const change of [earlier, later]) expect(Math.abs(change)).toBeLessThan(1);
  });

  test('needs two readings and a weight for each', () => {
    expect(() => readingShift([0], [1])).toThrow(RangeError);
    expect(() => readingShift([1, -1], [1, 2, 3])).toThrow(RangeError);
  });
});

describe('shiftBound', () => {
  test('is the larger of the two means; differences between replicates are part of their spread already', () => {
    expect(
      shiftBound([
        { earlier: -3, later: 5 },
        { earlier: -1, later: 3 },
      ]),
    ).toBe(4);
    expect(
      shiftBound([
        { earlier: -3, later: 4 },
        { earlier: 3, later: -4 },
      ]),
    ).toBe(0);
  });
});
