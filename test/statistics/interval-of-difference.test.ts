import { expect, test } from 'vitest';
import { randomFrom } from '../../bench/statistics/generator/random.js';
import { interval, replicateMean } from '../../src/statistics/estimators/replicate-mean.js';
import { intervalOfDifference } from '../../src/statistics/estimators/interval-of-difference.js';

test('distances from the values are added as the sides of a right triangle', () => {
  const one = { value: 10, lower: 7, upper: 16 };
  const other = { value: 4, lower: -4, upper: 8 };
  expect(intervalOfDifference(one, other)).toEqual({ value: 6, lower: 6 - 5, upper: 6 + 10 });
});

test('a value without an interval leaves the other interval as it is', () => {
  const known = { value: 2, lower: 2, upper: 2 };
  expect(intervalOfDifference({ value: 5, lower: 4, upper: 7 }, known)).toEqual({ value: 3, lower: 2, upper: 5 });
});

test('an interval that does not contain its value is refused', () => {
  const one = { value: 1, lower: 0, upper: 2 };
  expect(() => intervalOfDifference(one, { value: 5, lower: 0, upper: 2 })).toThrow(RangeError);
  expect(() => intervalOfDifference({ value: Number.NaN, lower: 0, upper: 1 }, one)).toThrow(RangeError);
});

test('of 4,000 simulated pairs of three replicates, at least 95 % of the intervals have the true difference', () => {
  const random = randomFrom(13);
  const pairs = 4_000;
  let covered = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    const [one, other] = [
      { center: 100, deviation: 3 },
      { center: 60, deviation: 9 },
    ].map(({ center, deviation }) => {
      const mean = replicateMean(
        Array.from({ length: 3 }, () => center + deviation * random.normal()),
        0,
      );
      return { value: mean.mean, ...interval(mean, 0.95) };
    });
    const { lower, upper } = intervalOfDifference(one!, other!);
    if (lower <= 40 && 40 <= upper) covered += 1;
  }
  expect(covered / pairs).toBeGreaterThan(0.95);
});
