import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { summarize } from '../../src/observe/second-bucket.js';
import { secondClock } from '../../src/observe/second-clock.js';
import { startTicker } from '../../src/observe/ticker.js';
import { simulatedClock } from './simulation.js';

describe('summarize', () => {
  test('minimum and median of each metric that was there', () => {
    const { minimum, median } = summarize([
      { anon_bytes: 9 },
      { anon_bytes: 1, fds: 3 },
      { anon_bytes: 4 },
      { anon_bytes: 5 },
    ]);
    expect(minimum).toEqual({ anon_bytes: 1, fds: 3 });
    expect(median).toEqual({ anon_bytes: 4.5, fds: 3 });
  });

  test('nothing in, nothing out', () => {
    expect(summarize([])).toEqual({ minimum: {}, median: {} });
  });

  test('the minimum is one of the values, the median lies between minimum and maximum, order does not matter', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 40 }), { minLength: 1, maxLength: 12 }), (values) => {
        const { minimum, median } = summarize(values.map((anon_bytes) => ({ anon_bytes })));
        expect(minimum.anon_bytes).toBe(Math.min(...values));
        expect(median.anon_bytes).toBeGreaterThanOrEqual(Math.min(...values));
        expect(median.anon_bytes).toBeLessThanOrEqual(Math.max(...values));
        expect(summarize(values.toReversed().map((anon_bytes) => ({ anon_bytes })))).toEqual({ minimum, median });
      }),
    );
  });
});

describe('startTicker', () => {
  test('ticks at multiples of the period, also after a late start or a long tick', async () => {
    const clock = simulatedClock(10.1);
    const ticks: number[] = [];
    const stop = startTicker({
      hertz: 4,
      elapsed: clock.now,
      timers: clock.timers,
      onTick: (at) => {
        ticks.push(at);
        clock.block(0.03);
      },
    });
    await clock.pass(100);
    expect(ticks).toHaveLength(400);
    for (const at of ticks) expect(Math.abs(at * 4 - Math.round(at * 4))).toBeLessThan(1e-6);
    stop();
    await clock.pass(5);
    expect(ticks).toHaveLength(400);
  });

  test('missed ticks are skipped, not caught up', async () => {
    const clock = simulatedClock();
    const ticks: number[] = [];
    startTicker({ hertz: 4, elapsed: clock.now, timers: clock.timers, onTick: (at) => ticks.push(at) });
    await clock.pass(0.5);
    clock.block(2.1);
    await clock.pass(0.5);
    expect(ticks).toEqual([0.25, 0.5, 2.6, 2.75, 3]);
  });

  test('a timer that fires early does not tick twice', async () => {
    const clock = simulatedClock();
    const ticks: number[] = [];
    const early = {
      after: (milliseconds: number, call: () => void) =>
        clock.timers.after(milliseconds > 1 ? milliseconds - 0.5 : milliseconds, call),
    };
    startTicker({ hertz: 4, elapsed: clock.now, timers: early, onTick: (at) => ticks.push(Math.round(at * 1000)) });
    await clock.pass(1.1);
    expect(ticks).toEqual([250, 500, 750, 1000]);
  });
});

describe('secondClock', () => {
  /**
   * Ticks at the given moments; requests answered are 100 per second. Returns `[time, requests, full]` of each second.
   */
  function seconds(ticks: readonly number[], end?: number) {
    let now = 0;
    const ended: [number, number, boolean][] = [];
    const clock = secondClock({ answered: () => Math.round(now * 100) }, (...second) => ended.push(second));
    for (const at of ticks) {
      now = at;
      clock.tick(at);
    }
    if (end !== undefined) clock.end((now = end));
    return ended;
  }

  test('a second is dated at its end, with the requests answered by then', () => {
    expect(seconds([4.5, 4.75, 5, 5.25, 5.5, 5.75, 6.01])).toEqual([
      [5, 500, false],
      [6, 601, true],
    ]);
  });

  test('a missed second is a gap, and lateness does not lend it requests', () => {
    expect(seconds([0.75, 1, 1.75, 4.2, 5])).toEqual([
      [1, 100, false],
      [2, 175, true],
      [5, 500, true],
    ]);
  });

  test('the end flushes a full second and drops one cut short', () => {
    expect(seconds([0.75, 1, 1.75], 2.1)).toHaveLength(2);
    expect(seconds([0.75, 1, 1.75], 1.9)).toHaveLength(1);
    expect(seconds([], 3)).toEqual([]);
  });

  test('only the first tick of a second is first', () => {
    const clock = secondClock({ answered: () => 0 }, () => undefined);
    expect([1, 1.25, 1.5, 2, 2.25].map((at) => clock.tick(at).first)).toEqual([true, false, false, true, false]);
  });
});
