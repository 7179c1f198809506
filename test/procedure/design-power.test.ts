import { describe, expect, it, test } from 'vitest';
import { clearingProbability, detectableExcess } from '../../src/procedure/design-power.js';

describe('the power of a planned look', () => {
  // scipy.stats.nct, and scipy.integrate.quad over chi where there is a floor.
  it.each([
    {
      replicates: 5,
      alpha: 0.01,
      deviation: 4,
      floor: 0,
      excess: 8,
      power: 0.7274948548974516,
      detectable: 8.721329649608524,
    },
    {
      replicates: 3,
      alpha: 0.002,
      deviation: 2,
      floor: 0,
      excess: 20,
      power: 0.6992897256301307,
      detectable: 23.156332362209817,
    },
    {
      replicates: 8,
      alpha: 0.005,
      deviation: 5,
      floor: 0,
      excess: 6,
      power: 0.5110468044844871,
      detectable: 7.979479063503064,
    },
    {
      replicates: 2,
      alpha: 0.01,
      deviation: 1,
      floor: 0,
      excess: 30,
      power: 0.8173518814158034,
      detectable: 28.849789977467168,
    },
    {
      replicates: 3,
      alpha: 0.002,
      deviation: 2,
      floor: 3,
      excess: 25,
      power: 0.020747491474509338,
      detectable: 28.6095238830391,
    },
    {
      replicates: 5,
      alpha: 0.003,
      deviation: 1,
      floor: 3,
      excess: 8,
      power: 0.972848784205022,
      detectable: 7.5157592971953795,
    },
    {
      replicates: 5,
      alpha: 0.01,
      deviation: 4,
      floor: 3,
      excess: 8,
      power: 0.717483618869319,
      detectable: 8.765487873081678,
    },
  ])(
    'R = $replicates, alpha $alpha, deviation $deviation, floor $floor',
    ({ excess, power, detectable, ...design }) => {
      expect(Math.abs(clearingProbability(design, excess) - power)).toBeLessThan(2e-4);
      expect(Math.abs(detectableExcess(design) / detectable - 1)).toBeLessThan(1e-3);
    },
  );

  it('is alpha at the margin, and less with a floor', () => {
    const design = { replicates: 5, alpha: 0.01, deviation: 4, floor: 0 };
    expect(clearingProbability(design, 0)).toBeCloseTo(0.01, 5);
    expect(clearingProbability({ ...design, floor: 8 }, 0)).toBeLessThan(0.01);
  });
});

test('without any spread only the floor decides', () => {
  expect(detectableExcess({ replicates: 3, alpha: 0.01, deviation: 0, floor: 1 })).toBeCloseTo(
    6.964557 / Math.sqrt(3),
    5,
  );
});

test('a known spread uses the normal quantile, and Student’s bound is never larger', () => {
  const design = { replicates: 3, alpha: 0.002, deviation: 0.2, floor: 0, known: 5.5 };
  expect(detectableExcess(design, 0.5)).toBeCloseTo((2.878162 * 5.5) / Math.sqrt(3), 2);
  expect(detectableExcess({ ...design, deviation: 20 })).toBeCloseTo(
    detectableExcess({ ...design, deviation: 20, known: 0 }),
    1,
  );
});

test('one replicate has almost no power', () => {
  expect(() => clearingProbability({ replicates: 1, alpha: 0.01, deviation: 1, floor: 0 }, 1)).toThrow(RangeError);
});
