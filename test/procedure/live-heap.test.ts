import { describe, expect, it } from 'vitest';
import { liveGrowthOf, liveHeapShows } from '../../src/procedure/live-heap.js';
import type { GateRules } from '../../src/guards/guard-rules.js';
import { RHO } from '../../src/statistics/method.js';

const rules: GateRules = { margin: 32, alphaFail: 0.01, alphaPass: 0.05, alphaGuard: 0.05, rho: RHO };
const requests = 3_000;
const steady = (bytes: number) => ({ whole: bytes, firstHalf: bytes, secondHalf: bytes });

describe('the live heap confirms a FAIL', () => {
  it('if it grows as much, in both halves', () => {
    expect(liveHeapShows([steady(1000), steady(1003), steady(998)], requests, 1024, rules)).toBe(true);
    expect(liveHeapShows([steady(8000), steady(8010)], requests, 8192, rules)).toBe(true);
  });

  it.each([
    ['it grows by less than the margin', [31, 31, 31].map(steady), 50],
    ['it does not surely grow by more than the margin', [10, 60, 110].map(steady), 60],
    ['it is a small part of the growth', [500, 500, 500].map(steady), 1024],
    ['it stops in the second half', [1, 2, 3].map(() => ({ whole: 900, firstHalf: 1100, secondHalf: 700 })), 1000],
    [
      'one replicate has another pace',
      [steady(1000), steady(1000), { whole: 900, firstHalf: 1200, secondHalf: 300 }],
      1000,
    ],
    ['there is only one replicate', [steady(1000)], 1024],
  ])('not if %s', (_, live, failed) => {
    expect(liveHeapShows(live, requests, failed, rules)).toBe(false);
  });
});

it('the growth of the live heap is that of the candidate minus that of the baseline', () => {
  const x = [0, 100, 200, 300, 400, 500, 600, 700];
  const curve = (y: (at: number) => number) => ({ x, y: x.map(y) });
  const growth = liveGrowthOf(
    curve((at) => 3 * at),
    curve((at) => 13 * at + (at > 350 ? 5 * (at - 350) : 0)),
  );
  expect(growth.firstHalf).toBeCloseTo(10, 9);
  expect(growth.secondHalf).toBeCloseTo(15, 9);
  expect(growth.whole).toBeGreaterThan(10);
  expect(growth.whole).toBeLessThan(15);
});
