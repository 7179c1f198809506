import { describe, expect, it } from 'vitest';
import { looksTaken } from '../../src/procedure/alpha-spending.js';
import { equalCountBins, meansOver } from '../../src/statistics/estimators/bins.js';
import { beyondAnyPlateau, confirms } from '../../src/guards/confirmation.js';
import { detectableDifference } from '../../src/procedure/detectable.js';
import { differenceCurve } from '../../src/statistics/estimators/difference-curve.js';
import { gatherEvidence, poolEvidence } from '../../src/statistics/estimators/growth-evidence.js';
import { measurePair, type ArmSeries } from '../../src/statistics/estimators/pair-measure.js';
import { leastSquares } from '../../src/statistics/estimators/least-squares.js';
import { olsSlope } from '../../src/statistics/estimators/ols.js';
import { secondsToLimit } from '../../src/procedure/seconds-to-limit.js';
import { replicateMean } from '../../src/statistics/estimators/replicate-mean.js';
import { floorOf, floorSource } from '../../src/statistics/estimators/variance-floor.js';
import { smallestPlateau } from '../../src/guards/smallest-plateau.js';
import './reference/index.js';
import { armSeries, QUANTUM, rules } from './series.js';

const PLAN = [
  { replicates: 3, weight: 0.2 },
  { replicates: 5, weight: 0.3 },
  { replicates: 8, weight: 0.5 },
];

describe('looks', () => {
  it('are those that were reached, plus one for replicates after the last', () => {
    expect(looksTaken(PLAN, 3)).toEqual(PLAN.slice(0, 1));
    expect(looksTaken(PLAN, 5)).toEqual(PLAN.slice(0, 2));
    expect(looksTaken(PLAN, 4)).toEqual([PLAN[0], { replicates: 4, weight: 0.3 }]);
    expect(looksTaken(PLAN, 2)).toEqual([{ replicates: 2, weight: 0.2 }]);
    expect(looksTaken(PLAN, 9)).toEqual(PLAN);
    expect(looksTaken(PLAN, 0)).toEqual([]);
    expect(looksTaken([{ replicates: 3, weight: 1 }], 3)).toEqual([{ replicates: 3, weight: 1 }]);
  });

  it('never spend more than all of alpha', () => {
    for (let complete = 0; complete < 12; complete += 1) {
      expect(looksTaken(PLAN, complete).reduce((sum, look) => sum + look.weight, 0)).toBeLessThanOrEqual(1 + 1e-12);
    }
    expect(() =>
      looksTaken(
        [
          { replicates: 3, weight: 0.7 },
          { replicates: 5, weight: 0.7 },
        ],
        3,
      ),
    ).toThrow(RangeError);
    expect(() =>
      looksTaken(
        [
          { replicates: 5, weight: 0.5 },
          { replicates: 3, weight: 0.5 },
        ],
        3,
      ),
    ).toThrow(RangeError);
  });
});

describe('the small parts', () => {
  it('a series without a slope is refused', () => {
    expect(() => olsSlope([1], [1])).toThrow(RangeError);
    expect(() => olsSlope([1, 1, 1], [1, 2, 3])).toThrow(RangeError);
    expect(() => olsSlope([1, 2, 3], [1, Number.NaN, 3])).toThrow(RangeError);
    expect(() => olsSlope([1, 2], [1])).toThrow(RangeError);
  });

  it('a flat series of 30 MB has a slope of exactly 0', () => {
    const x = Array.from({ length: 997 }, (_, i) => 0.1 + i * 74.93);
    expect(
      olsSlope(
        x,
        x.map(() => 30_695_424.3),
      ),
    ).toBe(0);
  });

  it('bins cover every point once', () => {
    const bins = equalCountBins({ x: [0, 1, 2, 3, 4, 5, 6], y: [1, 1, 4, 4, 9, 9, 9] }, 3);
    expect(Array.from(bins.x)).toEqual([0.5, 2.5, 5]);
    expect(Array.from(bins.y)).toEqual([1, 4, 9]);
    expect(Array.from(meansOver([0, 1, 2, 11, 12], [1, 2, 3, 10, 20], 5))).toEqual([2, 15]);
  });

  it('a difference curve subtracts at the same request, whatever the sampling', () => {
    const baseline = { x: [0, 100, 200, 300], y: [10, 20, 30, 40] };
    const candidate = { x: [1000, 1050, 1150, 1250, 1350], y: [50, 60, 80, 100, 120] };
    const curve = differenceCurve(baseline, candidate);
    expect(Array.from(curve.x)).toEqual([0, 50, 150, 250]);
    expect(Array.from(curve.y)).toEqual([0, 5, 15, 25]);
    expect(() => differenceCurve({ x: [0, 1], y: [0, 0] }, { x: [0, 5], y: [0, 0] })).toThrow(RangeError);
  });

  it('sub-windows have higher floors, and the sawtooth term rises with the square', () => {
    expect(floorOf({ quantum: QUANTUM, requests: 22_425, sawtooth: 0 }, 2)).toBeCloseTo(4.38368, 5);
    const saw = { quantum: QUANTUM, requests: 22_425, sawtooth: 5 };
    expect(floorOf(saw, 3)).toBe(45);
    expect(floorSource(saw)).toBe('sawtooth');
    expect(() => floorOf({ quantum: 1, requests: 0, sawtooth: 0 })).toThrow(RangeError);
  });

  it('least squares drops a column that earlier ones span', () => {
    const fit = leastSquares(
      [
        [1, 1, 1, 1],
        [0, 1, 2, 3],
        [2, 4, 6, 8],
      ],
      [1, 3, 5, 7],
    );
    expect(fit.coefficients[2]).toBe(0);
    expect(fit.coefficients[1]).toBeCloseTo(2, 12);
    expect(fit.residual).toBeCloseTo(0, 12);
  });

  it('the time to a limit follows from growth, rate and free memory', () => {
    expect(secondsToLimit(5220, 100, 522_000_000)).toBe(1000);
    expect(secondsToLimit(-1, 100, 1)).toBe(Infinity);
  });

  it('a confirming pair must repeat most of the growth', () => {
    expect(confirms(60, 90, 32)).toBe(true);
    expect(confirms(50, 90, 32)).toBe(false);
    expect(confirms(31, 40, 32)).toBe(false);
  });

  it('the smallest plateau of a pure fill is its own plateau; a straight leak has none', () => {
    const tight = rules(32, { alphaGuard: 0.4999 });
    const fill = (tau: number) =>
      gatherEvidence(
        [0, 1, 2].map(() => ({
          baseline: null,
          candidate: armSeries(300, (second) => 25e6 * (1 - Math.exp(-second / tau))),
        })),
        1e-6,
      );
    for (const tau of [100, 200, 400]) {
      const { curves, floor } = fill(tau);
      expect(smallestPlateau(curves, floor, tight)).toBeNear(25e6 * Math.exp(-299 / tau), 0.06);
    }
    const straight = gatherEvidence(
      [0, 1, 2].map((run) => ({ baseline: null, candidate: armSeries(300, (_, request) => 5000 * request + run) })),
      QUANTUM,
    );
    expect(smallestPlateau(straight.curves, straight.floor, rules(32))).toBeGreaterThan(1e9);
    const flat = gatherEvidence(
      [0, 1, 2].map(() => ({ baseline: null, candidate: armSeries(300, () => 30e6) })),
      QUANTUM,
    );
    expect(smallestPlateau(flat.curves, flat.floor, rules(32))).toBe(0);
  });

  it('the longer pair is skipped only if no plateau fits into the memory and nothing was given back', () => {
    const straight = armSeries(300, (_, request) => 5000 * request);
    const fallen = { ...straight, y: Array.from(straight.y, (value, i) => (i < 20 ? value + 100e6 : value)) };
    const beyond = (fromLoadStart: ArmSeries | null, room: number) => {
      const evidence = poolEvidence(
        [0, 1, 2].map(() =>
          measurePair({ baseline: null, candidate: straight }, { baseline: null, candidate: fromLoadStart }),
        ),
        QUANTUM,
      );
      return beyondAnyPlateau(evidence, 5000, room, rules(32));
    };
    expect(beyond(straight, 256 * 2 ** 20)).toBe(true);
    expect(beyond(straight, 1e15)).toBe(false);
    expect(beyond(fallen, 256 * 2 ** 20)).toBe(false);
    expect(beyond(null, 256 * 2 ** 20)).toBe(false);
  });

  it('the detectable difference grows with the standard error', () => {
    const quiet = detectableDifference(replicateMean([1, 2, 3], 0), 32, 0.01);
    expect(quiet).toBeCloseTo(32 + (6.964557 + 0.9) / Math.sqrt(3), 5);
  });

  it('a service on one arm only counts with its own growth', () => {
    const growing = armSeries(60, (_, request) => 30e6 + 100 * request);
    const appeared = gatherEvidence(
      [
        { baseline: null, candidate: growing },
        { baseline: null, candidate: growing },
      ],
      QUANTUM,
    );
    expect(appeared.differences[0]).toBeCloseTo(100, 9);
    expect(appeared.baseline).toBeNull();
    const gone = gatherEvidence([{ baseline: growing, candidate: null }], QUANTUM);
    expect(gone.differences[0]).toBeCloseTo(-100, 9);
    expect(() =>
      gatherEvidence(
        [
          { baseline: growing, candidate: growing },
          { baseline: growing, candidate: null },
        ],
        QUANTUM,
      ),
    ).toThrow(RangeError);
    expect(() => replicateMean([1], 0)).toThrow(RangeError);
  });
});
