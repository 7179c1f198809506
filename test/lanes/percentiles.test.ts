import { expect, test } from 'vitest';
import { percentileCounter } from '../../src/lanes/percentiles.js';
import { createRandom } from '../../src/traffic/random.js';

test('without values the result is zero', () => {
  expect(percentileCounter().result()).toEqual({ p50: 0, p99: 0, max: 0 });
});

test('zeros stay zeros, and the greatest value is exact', () => {
  const counter = percentileCounter();
  for (const value of [0, 0, 0, 1234.5678]) counter.add(value);
  expect(counter.result()).toEqual({ p50: 0, p99: 1230, max: 1234.5678 });
});

test('agrees with a sorted list to within half a percent, from microseconds to minutes', () => {
  const random = createRandom(1, 'percentiles');
  const values = Array.from({ length: 20_000 }, () => 10 ** ((random.below(7000) - 2000) / 1000));
  const counter = percentileCounter();
  for (const value of values) counter.add(value);
  const sorted = [...values].sort((a, b) => a - b);
  const { p50, p99, max } = counter.result();
  expect(max).toBe(sorted.at(-1));
  for (const [found, share] of [
    [p50, 0.5],
    [p99, 0.99],
  ] as const) {
    const exact = sorted[Math.ceil(share * sorted.length) - 1] as number;
    expect(Math.abs(found / exact - 1)).toBeLessThan(0.005);
  }
});
