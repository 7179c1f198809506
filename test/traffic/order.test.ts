import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mixOrder } from '../../src/traffic/order.js';

function take(weights: readonly number[], seed: number, count: number): number[] {
  const order = mixOrder(weights, seed);
  return Array.from({ length: count }, () => order.next().value);
}

describe('mixOrder', () => {
  test('every window has the stated mix to within a block', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 8 }),
        fc.integer(),
        fc.nat(2000),
        (weights, seed, from) => {
          fc.pre(weights.some((weight) => weight > 0));
          const total = weights.reduce((a, b) => a + b, 0);
          const window = take(weights, seed, from + 1000).slice(from);
          for (const [i, weight] of weights.entries()) {
            const got = window.filter((label) => label === i).length;
            expect(Math.abs(got - (1000 * weight) / total)).toBeLessThanOrEqual(36);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  test('whole blocks are exact where the weights divide them', () => {
    const order = take([16, 8, 4, 4], 3, 320);
    for (let block = 0; block < 320; block += 32)
      expect([0, 1, 2, 3].map((i) => order.slice(block, block + 32).filter((label) => label === i).length)).toEqual([
        16, 8, 4, 4,
      ]);
  });

  test('blocks differ from one another and between seeds', () => {
    const order = take([1, 1], 3, 64);
    expect(order.slice(0, 32)).not.toEqual(order.slice(32));
    expect(take([1, 1], 4, 64)).not.toEqual(order);
  });

  test('a weight of zero never comes', () => {
    expect(take([1, 0], 1, 500)).not.toContain(1);
  });
});
