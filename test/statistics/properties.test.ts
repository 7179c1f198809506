import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatherEvidence } from '../../src/statistics/estimators/growth-evidence.js';
import type { ArmSeries, SeriesPair } from '../../src/statistics/estimators/pair-measure.js';
import { holmAdjusted } from '../../src/procedure/holm.js';
import { judgeLook } from '../../src/procedure/judge-look.js';
import { olsSlope } from '../../src/statistics/estimators/ols.js';
import { pAtMost, replicateMean } from '../../src/statistics/estimators/replicate-mean.js';
import { tUpperQuantile, tUpperTail } from '../../src/statistics/distributions/student-t.js';
import { QUANTUM, RATE, rules } from './series.js';

const POINTS = 40;
const bytes = fc.integer({ min: 0, max: 40_000 }).map((pages) => pages * 4096);
const memory = fc.array(bytes, { minLength: POINTS, maxLength: POINTS });
const arm = memory.map((y): ArmSeries => {
  const time = Float64Array.from({ length: POINTS }, (_, i) => i);
  return { time, x: time.map((second) => second * RATE), y: Float64Array.from(y) };
});
const pairs = fc.array(fc.record({ baseline: arm, candidate: arm }), { minLength: 2, maxLength: 5 }) as fc.Arbitrary<
  SeriesPair[]
>;

const mapArm = (series: ArmSeries | null, change: (y: number, x: number) => number): ArmSeries | null =>
  series && { ...series, y: Float64Array.from(series.y, (y, i) => change(y, series.x[i] as number)) };
const mapPairs = (all: SeriesPair[], change: (y: number, x: number) => number): SeriesPair[] =>
  all.map((pair) => ({ baseline: mapArm(pair.baseline, change), candidate: mapArm(pair.candidate, change) }));
const differences = (all: SeriesPair[]) => gatherEvidence(all, QUANTUM).differences;
const scale = (all: SeriesPair[]) =>
  Math.max(
    1,
    ...differences(all).map(Math.abs),
    ...all.flatMap((pair) =>
      [olsSlope(pair.candidate!.x, pair.candidate!.y), olsSlope(pair.baseline!.x, pair.baseline!.y)].map(Math.abs),
    ),
  );

/** Largest difference between two lists, in units of `size`. */
const apart = (actual: readonly number[], expected: readonly number[], size: number): number =>
  Math.max(...actual.map((value, i) => Math.abs(value - (expected[i] as number)) / size));

const everyNumber = (value: unknown): number[] =>
  typeof value === 'number'
    ? [value]
    : ArrayBuffer.isView(value)
      ? Array.from(value as Float64Array)
      : value !== null && typeof value === 'object'
        ? Object.values(value).flatMap(everyNumber)
        : [];

describe('properties', () => {
  it('scaling memory scales every slope', () => {
    fc.assert(
      fc.property(pairs, fc.double({ min: 0.01, max: 100, noNaN: true }), (all, factor) => {
        expect(
          apart(
            differences(mapPairs(all, (y) => factor * y)),
            differences(all).map((d) => d * factor),
            factor * scale(all),
          ),
        ).toBeLessThan(1e-7);
      }),
    );
  });

  it('a common level or trend in both arms does not change the difference', () => {
    fc.assert(
      fc.property(
        pairs,
        fc.integer({ min: 0, max: 1e9 }),
        fc.double({ min: -1000, max: 1000, noNaN: true }),
        (all, level, trend) => {
          expect(
            apart(
              differences(mapPairs(all, (y, x) => y + level + trend * x)),
              differences(all),
              scale(all) + Math.abs(trend),
            ),
          ).toBeLessThan(1e-7);
        },
      ),
    );
  });

  it('swapping the arms flips the sign', () => {
    fc.assert(
      fc.property(pairs, (all) => {
        const swapped = all.map(({ baseline, candidate }) => ({ baseline: candidate, candidate: baseline }));
        expect(
          apart(
            differences(swapped),
            differences(all).map((d) => -d),
            scale(all),
          ),
        ).toBeLessThan(1e-7);
      }),
    );
  });

  it('the order of the replicates is irrelevant, to the last bit of estimate, bounds and p', () => {
    fc.assert(
      fc.property(pairs, (all) => {
        const [one, other] = [all, [...all].reverse()].map((order) =>
          judgeLook(gatherEvidence(order, QUANTUM), rules(32)),
        );
        expect(other?.estimate).toEqual(one?.estimate);
        expect([other?.lower, other?.upper, other?.p, other?.decision]).toEqual([
          one?.lower,
          one?.upper,
          one?.p,
          one?.decision,
        ]);
      }),
    );
  });

  it('a judgement holds no NaN, and p lies in (0, 1]', () => {
    fc.assert(
      fc.property(pairs, fc.double({ min: 0.001, max: 1000, noNaN: true }), (all, margin) => {
        const judgement = judgeLook(gatherEvidence(all, QUANTUM), rules(margin));
        expect(everyNumber(judgement).some(Number.isNaN)).toBe(false);
        expect(judgement.p).toBeGreaterThan(0);
        expect(judgement.p).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('p stays in (0, 1] for any spread, also after Holm', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: true }), { minLength: 2, maxLength: 8 }),
        (values) => {
          for (const p of [
            pAtMost(replicateMean(values, 0), 0),
            ...holmAdjusted(values.map((v) => Math.abs(v) / 1e12)),
          ]) {
            expect(p).toBeGreaterThanOrEqual(0);
            expect(p).toBeLessThanOrEqual(1);
          }
          expect(pAtMost(replicateMean(values, 0), 0)).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('the t quantile is the inverse of the t tail', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-14, max: 0.49, noNaN: true }),
        fc.double({ min: 1, max: 500, noNaN: true }),
        (alpha, df) => {
          expect(Math.abs(tUpperTail(tUpperQuantile(alpha, df), df) / alpha - 1)).toBeLessThan(1e-11);
        },
      ),
    );
  });
});
