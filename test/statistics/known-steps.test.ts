import { describe, expect, it } from 'vitest';
import './reference/index.js';
import {
  interval,
  lowerBound,
  pAtMost,
  replicateMean,
  upperBound,
} from '../../src/statistics/estimators/replicate-mean.js';
import { floorOf, leastSpread } from '../../src/statistics/estimators/variance-floor.js';

const FLOOR = { quantum: 49_152, requests: 9_000, sawtooth: 0 };
const KNOWN = leastSpread({ ...FLOOR, stepsKnown: true });
const ERROR = 49_152 / 9_000 / Math.sqrt(3);

describe('a known step term', () => {
  it('uses the normal quantile if replicates differ less than that', () => {
    const estimate = replicateMean([40, 40.1, 39.9], KNOWN);
    expect(lowerBound(estimate, 0.002)).toBeNear(40 - 2.878161739095483 * ERROR);
    expect(upperBound(estimate, 0.01)).toBeNear(40 + 2.326347874040841 * ERROR);
    expect(interval(estimate, 0.95).upper).toBeNear(40 + 1.959963984540054 * ERROR);
  });

  it('keeps Student’s bound if they differ more', () => {
    const values = [20, 40, 60];
    expect(lowerBound(replicateMean(values, KNOWN), 0.01)).toBe(lowerBound(replicateMean(values, 0), 0.01));
  });

  it('is never narrower than Student without a floor, nor than the normal bound, nor wider than the floor', () => {
    for (const values of [
      [1, 2, 3],
      [0, 0, 0],
      [5, 9, 30],
      [-3, 0.5, 4, 8, 1],
    ])
      for (const alpha of [0.002, 0.01, 0.025]) {
        const known = upperBound(replicateMean(values, KNOWN), alpha);
        expect(known).toBeGreaterThanOrEqual(upperBound(replicateMean(values, 0), alpha));
        expect(known).toBeLessThanOrEqual(upperBound(replicateMean(values, floorOf(FLOOR)), alpha));
      }
  });

  it('has p-values that agree with its bounds', () => {
    for (const values of [
      [40, 40.1, 39.9],
      [20, 40, 60],
      [0, 0, 0],
    ]) {
      const estimate = replicateMean(values, KNOWN);
      for (const alpha of [0.002, 0.01, 0.2]) {
        expect(pAtMost(estimate, lowerBound(estimate, alpha))).toBeNear(alpha, 1e-9);
      }
    }
  });

  it('does not count for two replicates, nor for cycles: these stay estimates', () => {
    expect(lowerBound(replicateMean([40, 40], KNOWN), 0.01)).toBe(
      lowerBound(replicateMean([40, 40], floorOf(FLOOR)), 0.01),
    );
    const cycles = { ...FLOOR, sawtooth: 20 };
    expect(lowerBound(replicateMean([40, 40, 40], leastSpread({ ...cycles, stepsKnown: true })), 0.01)).toBe(
      lowerBound(replicateMean([40, 40, 40], floorOf(cycles)), 0.01),
    );
  });

  it('grows for a part of the window like the floor', () => {
    expect(leastSpread({ ...FLOOR, stepsKnown: true }, 2, 1.5)).toEqual({
      estimated: 0,
      known: floorOf(FLOOR, 2) * 1.5,
      bias: 0,
    });
    expect(leastSpread(FLOOR, 2, 1.5)).toEqual({ estimated: floorOf(FLOOR, 2) * 1.5, known: 0, bias: 0 });
  });
});
