import { describe, expect, it } from 'vitest';
import { AGREEMENT, guardedQuantiles, guardedSize } from '../../src/statistics/estimators/guarded-prior.js';
import { lowerBound, pAtMost, replicateMean, upperBound } from '../../src/statistics/estimators/replicate-mean.js';
import { tUpperQuantile } from '../../src/statistics/distributions/student-t.js';

const CASES = [2, 3, 4].flatMap((replicates) => [0.002, 0.01, 0.05].map((alpha) => ({ replicates, alpha })));

describe('a prior that can only cost power', () => {
  it.each(CASES)(
    'holds alpha $alpha with $replicates replicates, whatever the true spread',
    ({ replicates, alpha }) => {
      const quantiles = guardedQuantiles(alpha, replicates - 1);
      for (let spread = 0.01; spread < 1e4; spread *= 1.05)
        expect(guardedSize(quantiles, replicates - 1, spread)).toBeLessThan(alpha * 1.01);
    },
  );

  // scipy: norm.sf · chi.cdf + quad(chi.pdf · norm.sf), the largest of 400 spreads, brentq for the least multiple.
  it.each([
    [3, 0.002, 12.04617],
    [3, 0.01, 5.300591],
    [2, 0.01, 17.841285],
    [4, 0.003, 6.076123],
  ])('with %i replicates at alpha %d the multiple is %d priors', (replicates, alpha, agreeing) => {
    expect(Math.abs(guardedQuantiles(alpha, replicates - 1).agreeing / agreeing - 1)).toBeLessThan(0.005);
  });

  it('is stricter than Student if replicates and prior disagree', () => {
    const values = [10, 20, 60];
    expect(replicateMean(values, 1, 5).prior).toBe('conflicts');
    expect(lowerBound(replicateMean(values, 1, 5), 0.002)).toBeLessThan(lowerBound(replicateMean(values, 1), 0.002));
  });

  it('gives narrower bounds than Student if they agree', () => {
    const values = [60, 70, 80];
    const estimate = replicateMean(values, 1, 9);
    expect(estimate.prior).toBe('agrees');
    expect(lowerBound(estimate, 0.002)).toBeGreaterThan(lowerBound(replicateMean(values, 1), 0.002));
    expect(upperBound(estimate, 0.01)).toBeLessThan(upperBound(replicateMean(values, 1), 0.01));
  });

  it('uses the spread of the prior if replicates are equal by luck', () => {
    expect(replicateMean([50, 50, 50], 1, 8)).toMatchObject({ deviation: 8, prior: 'agrees', floorActive: false });
  });

  it('has a p-value that agrees with its bounds', () => {
    for (const values of [
      [60, 70, 80],
      [10, 20, 60],
    ])
      for (const alpha of [0.002, 0.01, 0.05]) {
        const estimate = replicateMean(values, 1, 9);
        expect(pAtMost(estimate, lowerBound(estimate, alpha))).toBeCloseTo(alpha, 3);
      }
  });

  it('is not used with five replicates or more', () => {
    const values = [60, 70, 80, 75, 65];
    expect(replicateMean(values, 1, 9)).toEqual(replicateMean(values, 1));
    expect(() => guardedQuantiles(0.01, 4)).toThrow(RangeError);
    expect(tUpperQuantile(0.003, 4)).toBeLessThan(AGREEMENT * 4.2);
  });
});
