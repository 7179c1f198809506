import { describe, expect, test } from 'vitest';
import { labelWeights, sharesOf, stepLeverage, weightedGrowth } from '../../src/statistics/estimators/label-growth.js';
import { olsSlope } from '../../src/statistics/estimators/ols.js';
import { reference } from './reference/index.js';

const { x, y, counts, pairs, growth, slope } = reference.labels as {
  x: number[];
  y: number[];
  counts: number[][];
  pairs: number[];
  growth: number[];
  slope: number;
};
const weights = labelWeights({ x, counts, pairs }) ?? [];
const growthOf = (series: readonly number[]): number[] => weights.map((one) => weightedGrowth(one, series));

describe('labelWeights', () => {
  test('gives the growths of one regression on everything at once', () => {
    for (const [j, value] of growthOf(y).entries()) expect(value).toBeNear(growth[j] as number, 1e-6);
  });

  test('their mean by share is the slope of the whole, without the effect of the varying mix', () => {
    const shares = sharesOf(counts);
    expect(growthOf(y).reduce((sum, value, j) => sum + value * (shares[j] as number), 0)).toBeNear(slope, 1e-9);
    expect(olsSlope(x, y)).toBeNear(slope, 0.03);
  });

  test('finds exactly the memory that each label leaves, whatever else happens in each pair of blocks', () => {
    const leaks = [412, 0, 7];
    const grown = x.map((_, i) => leaks.reduce((sum, leak, j) => sum + leak * (counts[j]?.[i] as number), 3e7));
    for (const [j, value] of growthOf(grown).entries()) expect(value).toBeCloseTo(leaks[j] as number, 6);
    // A line of each pair's own moves all labels alike: the plain slope takes it up.
    const [plain, filling] = [
      growthOf(grown),
      growthOf(
        grown.map(
          (value, i) =>
            value + 1e6 * Math.sqrt(1 + (pairs[i] as number)) + 30 * (4 - (pairs[i] as number)) * (x[i] as number),
        ),
      ),
    ];
    const moved = filling.map((value, j) => value - (plain[j] as number));
    for (const value of moved) expect(value).toBeCloseTo(moved[0] as number, 6);
  });

  test('a level that follows the current mix hardly blames a label', () => {
    const sign = [1, 1, 1, -1];
    const within = x.map((at) => ((at - 1) % 480) / 480);
    const inFirst = x.map((at) => Math.ceil(at / 480) % 2 === 1);
    const turned = (shape: (first: boolean, part: number) => number): number[] =>
      x.map((_, i) => 3e7 + (sign[pairs[i] as number] as number) * shape(inFirst[i] as boolean, within[i] as number));
    const blamed = (series: readonly number[]): number => Math.max(...growthOf(series)) - Math.min(...growthOf(series));
    const level = blamed(turned((first) => (first ? 2e6 : -2e6)));
    const leak = blamed(turned((first, part) => (first ? 4e6 * part : 4e6 * (1 - part)) - 2e6));
    expect(level).toBeLessThan(leak / 8);
  });

  test('flat memory grows by exactly nothing', () => {
    expect(growthOf(x.map(() => 31_457_280))).toEqual([0, 0, 0]);
  });

  test('labels whose shares never differ cannot be separated', () => {
    expect(
      labelWeights({ x, counts: [counts[0], counts[0], counts[1]].map((column) => column as number[]), pairs }),
    ).toBeNull();
    expect(labelWeights({ x, counts: [x.map((value) => value / 2), x.map((value) => value / 2)], pairs })).toBeNull();
  });
});

describe('stepLeverage', () => {
  test('is 1 for the slope of the whole, and the effect of one step for a label', () => {
    const shares = sharesOf(counts);
    const whole = Float64Array.from(x, (_, i) =>
      weights.reduce((sum, one, j) => sum + (shares[j] as number) * (one[i] as number), 0),
    );
    expect(stepLeverage(whole, x)).toBeNear(1, 0.1);
    const stepAt = (index: number): number[] => x.map((_, i) => (i >= index ? 65_536 : 0));
    const most = Math.max(...x.map((_, i) => Math.abs(weightedGrowth(weights[2] as Float64Array, stepAt(i)))));
    const mostOfSlope = Math.max(...x.map((_, i) => Math.abs(olsSlope(x, stepAt(i)))));
    expect(stepLeverage(weights[2] as Float64Array, x)).toBeNear(most / mostOfSlope, 1e-9);
  });
});
