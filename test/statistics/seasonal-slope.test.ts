import { describe, expect, it } from 'vitest';
import { seasonalSlope } from '../../src/statistics/estimators/seasonal-slope.js';

describe('seasonalSlope', () => {
  const x = Float64Array.from({ length: 120 }, (_, second) => 75 * second);
  const series = (y: (second: number) => number) => ({ x, y: Float64Array.from(x, (_, second) => y(second)) });

  it('is the slope beside a job of any shape, at any start of the window', () => {
    for (const phase of [0, 7, 25, 55]) {
      const job = (second: number): number => ((second + phase) % 30 < 10 ? 5e6 : 0);
      expect(seasonalSlope(series((second) => 3 * 75 * second + job(second)))).toBeCloseTo(3, 9);
    }
  });

  it('is the slope of a straight line, and 0 of a constant', () => {
    expect(seasonalSlope(series((second) => -75 * second))).toBeCloseTo(-1, 9);
    expect(seasonalSlope(series(() => 30e6))).toBe(0);
  });

  it('refuses a series in which no period can be found', () => {
    expect(() => seasonalSlope({ x: [1, 2, 3], y: [1, 2, 3] })).toThrow(RangeError);
  });
});
