import { describe, expect, it } from 'vitest';
import { describeSawtooth, recurs, measureFalls } from '../../src/statistics/estimators/drawdown.js';
import { goldenSection } from '../../src/statistics/estimators/golden-section.js';
import { limitSlope } from '../../src/statistics/estimators/limit-slope.js';
import { bestSlowingCurve, fitBesideSlowing } from '../../src/statistics/estimators/slowing-fit.js';
import { gridOf, resolutionOf } from '../../src/statistics/estimators/resolution.js';
import { segmentSlopes } from '../../src/statistics/estimators/segment-slopes.js';
import { fitTwoSteps } from '../../src/statistics/estimators/step-fit.js';
import { coarseFloor, leastSpread } from '../../src/statistics/estimators/variance-floor.js';

import './reference/index.js';

const time = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe('parts of the shape guards', () => {
  it('the limit of the thirds of an exponential beside a line is the line, exactly', () => {
    for (const tau of [60, 100, 300]) {
      const curve = { x: time(300), y: time(300).map((t) => 7 * t + 25e6 * Math.exp(-t / tau)) };
      const thirds = segmentSlopes(curve, 3) as [number, number, number];
      expect(limitSlope(thirds, Math.exp(-100 / tau))).toBeNear(7, 1e-6);
    }
    expect(limitSlope([-700, -300, -100], 0.5)).toBe(100);
    expect(() => limitSlope([1, 2, 3], 1)).toThrow(RangeError);
  });

  it('golden section finds the lowest place', () => {
    expect(goldenSection((x) => (x - 2) ** 2, 0, 5)).toBeCloseTo(2, 6);
  });

  it.each([
    ['logarithm', (u: number) => Math.log1p(u / 0.3)],
    ['root', (u: number) => Math.sqrt(u + 0.3)],
  ] as const)('a %s is found with its start and the growth beside it', (shape, rising) => {
    const x = time(60).map((i) => 375 * i);
    const y = x.map((request) => 2e6 * rising(request / 22_125));
    const found = bestSlowingCurve({ x, y });
    expect(found.shape).toBe(shape);
    expect(found.start).toBeCloseTo(0.3, 4);
    const beside = fitBesideSlowing({ x, y: y.map((value, i) => value + 64 * (x[i] as number)) }, found);
    expect(beside.slope).toBeNear(64, 1e-3);
    expect(beside.residual).toBeLessThan(1e4);
  });

  it('two steps are found with both heights and the slope beside them', () => {
    const x = time(60).map((i) => 375 * i);
    const y = x.map((request, i) => 5 * request + (i > 19 ? 18e6 : 0) + (i > 40 ? 9e6 : 0));
    const fit = fitTwoSteps({ x, y });
    expect(fit.slope).toBeNear(5, 1e-6);
    expect(fit.heights[0]).toBeNear(18e6, 1e-6);
    expect(fit.heights[1]).toBeNear(9e6, 1e-6);
    expect(fit.change).toBeNear(27e6, 1e-6);
    expect(Math.abs(fit.index - 19)).toBeLessThanOrEqual(1);
  });

  it('a cycle is a fall and a climb; memory that is given back once is not a cycle', () => {
    expect(measureFalls([100, 80, 60, 40])).toEqual({ drawdown: 60, decreases: 60, cycle: 0 });
    expect(measureFalls([100, 40, 70])).toEqual({ drawdown: 60, decreases: 60, cycle: 30 });
    expect(measureFalls([10, 100, 40])).toEqual({ drawdown: 60, decreases: 60, cycle: 60 });
    const once = describeSawtooth([measureFalls([100, 100, 40, 100, 100])]);
    expect(once).toEqual({ height: 60, cycles: 1 });
    expect(recurs(once)).toBe(false);
    expect(recurs(describeSawtooth([measureFalls([100, 40, 100, 40, 100])]))).toBe(true);
    // A large release and two small cycles: the cycles alone are counted.
    expect(describeSawtooth([measureFalls([1000, 100, 110, 100, 110])])).toEqual({ height: 10, cycles: 2 });
  });

  it('the resolution of a column is its smallest change if all readings are multiples of it', () => {
    expect(gridOf([120e6, 120e6, 121e6, 123e6])).toEqual({ width: 1e6, first: 120e6 });
    expect(gridOf([120e6, 120.5e6, 121.7e6]).width).toBe(0);
    expect(gridOf([5, 5, 5])).toEqual({ width: null, first: 5 });
    const tenths = [238.1, 238.2, 238.4].map((mib) => Math.round(mib * 2 ** 20));
    expect(gridOf(tenths).width).toBeCloseTo(104_857.6, 1);
    expect(resolutionOf([[gridOf([10e6, 10e6]), gridOf([20e6, 20e6]), gridOf([40e6, 40e6])]])).toBe(10e6);
    expect(resolutionOf([[gridOf([10e6, 11e6]), gridOf([20.3e6, 20.3e6])]])).toBe(0);
    expect(resolutionOf([[gridOf([7, 7]), gridOf([7, 7])]])).toBe(0);
  });

  it('readings that never change are rounded to the largest printed unit that fits all levels', () => {
    const constant = (level: number) => [gridOf([level, level]), gridOf([level, level])];
    expect(resolutionOf([constant(20 * 2 ** 20), constant(20 * 2 ** 20)])).toBe(10 * 2 ** 20);
    expect(resolutionOf([constant(23 * 2 ** 20), constant(23 * 2 ** 20)])).toBe(2 ** 20);
    // 12.34 GiB, as `docker stats` prints it.
    const printed = Math.round(12.34 * 2 ** 30);
    expect(resolutionOf([constant(printed), constant(printed)])).toBeCloseTo(0.01 * 2 ** 30, 0);
    expect(resolutionOf([constant(5_737 * 4_096), constant(5_737 * 4_096)])).toBe(0);
    // One arm that moves by pages shows that nothing is rounded; so do readings that no tool printed.
    expect(resolutionOf([constant(20 * 2 ** 20), [gridOf([20_000_768, 20_004_864, 20_021_248])]])).toBe(4_096);
    expect(resolutionOf([[gridOf([20 * 2 ** 20, 20 * 2 ** 20], false)]])).toBe(0);
  });

  it('a coarse floor uses the rounded step, and a bias that more replicates do not reduce', () => {
    const fine = { quantum: 49_152, requests: 22_500, sawtooth: 0 };
    expect(coarseFloor(fine, 4096)).toBe(fine);
    const coarse = coarseFloor(fine, 2 ** 20);
    expect(coarse.quantum).toBe(786_432);
    // 1.5 steps of 1 MiB over the window, less 1.5 of 64 KiB.
    expect(coarse.rounding).toBeNear((1.5 * (2 ** 20 - 65_536)) / 22_500, 1e-12);
    expect(leastSpread(coarse, 2).bias).toBeNear(2 * (coarse.rounding as number), 1e-12);
    expect(leastSpread({ ...coarse, stepsKnown: true }).known).toBe(0);
  });
});
