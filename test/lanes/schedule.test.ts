import { describe, expect, test } from 'vitest';
import type { Schedule } from '../../src/model/index.js';
import { pacerFor } from '../../src/lanes/pacers/choose-pacer.js';
import { numbered, traceOf } from '../replay/traces.js';

function times(schedule: Schedule, rate: number | null, count: number): number[] {
  const pacer = pacerFor(schedule, rate, numbered(count));
  return Array.from({ length: count }, (_, i) => pacer?.due(i) ?? Number.NaN);
}

describe('pacers', () => {
  test.each([75, 150, 10, 300, 33.3])('constant at %s/s', (rate) => {
    expect(times({ kind: 'constant' }, rate, 3)).toEqual([0, 1000 / rate, 2000 / rate]);
  });

  test('without a rate there is no schedule', () => {
    expect(pacerFor({ kind: 'poisson' }, null, numbered(1))).toBeNull();
  });

  test('poisson: the stated rate, exponential gaps, the same every time', () => {
    const at = times({ kind: 'poisson' }, 100, 20_000);
    const gaps = at.slice(1).map((time, i) => time - (at[i] ?? 0));
    const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    expect(mean).toBeCloseTo(10, 0);
    expect(Math.sqrt(variance) / mean).toBeCloseTo(1, 1);
    expect(times({ kind: 'poisson' }, 100, 50)).toEqual(at.slice(0, 50));
  });

  test('a ramp sends half its requests in the last third of its time when it starts from nothing', () => {
    const at = times({ kind: 'ramp', from: 0 }, 100, 10_000);
    const end = (2 * 10_000 * 1000) / 100;
    expect((at[5000] ?? 0) / end).toBeCloseTo(Math.SQRT1_2, 5);
    expect(times({ kind: 'ramp', from: 1 }, 100, 3)).toEqual([0, 10, 20]);
  });

  test('as recorded, faster', () => {
    const pacer = pacerFor({ kind: 'recorded', speed: 2 }, null, traceOf([{ at: 0 }, { at: 1000 }, { at: 30 }]));
    expect([0, 1, 2].map((i) => pacer?.due(i))).toEqual([0, 500, 15]);
    expect(pacer?.end).toBe(500);
    expect(() => pacerFor({ kind: 'recorded', speed: 2 }, null, numbered(1))).toThrow(
      expect.objectContaining({ code: 'TRAFFIC_INVALID' }),
    );
  });
});
