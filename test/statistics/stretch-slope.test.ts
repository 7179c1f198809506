import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { olsSlope } from '../../src/statistics/estimators/ols.js';
import { stretchSlope } from '../../src/statistics/estimators/stretch-slope.js';

const curve = (from: number, count: number, y: (x: number) => number) => {
  const x = Float64Array.from({ length: count }, (_, i) => from + i);
  return { x, y: x.map(y) };
};

test('for one stretch it is the ordinary slope; levels between stretches do not count', () => {
  const noisy = curve(0, 50, (x) => 3 * x + Math.sin(x));
  expect(stretchSlope([noisy])).toBeCloseTo(olsSlope(noisy.x, noisy.y), 10);
  fc.assert(
    fc.property(
      fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      fc.array(fc.double({ min: -1e8, max: 1e8, noNaN: true }), { minLength: 1, maxLength: 5 }),
      (slope, levels) => {
        const stretches = levels.map((level, i) => curve(100 * i, 20 + i, (x) => level + slope * x));
        expect(Math.abs(stretchSlope(stretches) - slope)).toBeLessThan(1e-4);
      },
    ),
  );
});

test('x that never varies has no slope', () => {
  expect(() => stretchSlope([curve(1, 1, () => 5), curve(2, 1, () => 6)])).toThrow(RangeError);
});
