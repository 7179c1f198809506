import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLOT_POINTS, pointLimits, thin } from '../../src/report/thin.js';

const series = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
    { weight: 1, arbitrary: fc.constant(Number.NaN) },
  ),
  { maxLength: 3000 },
);

describe('thin', () => {
  it('keeps short series complete, without missing values', () => {
    expect(thin([3, Number.NaN, 1])).toEqual([0, 2]);
    expect(thin([])).toEqual([]);
  });

  it('keeps a single spike among 86,400 seconds', () => {
    const day = new Float64Array(86_400).fill(5);
    day[43_217] = 9;
    expect(thin(day)).toContain(43_217);
  });

  it('keeps first, last, lowest and highest, in order, within the limit', () => {
    fc.assert(
      fc.property(series, (values) => {
        const kept = thin(values);
        const finite = values.flatMap((value, index) => (Number.isFinite(value) ? [index] : []));
        expect(kept.length).toBeLessThanOrEqual(PLOT_POINTS);
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
        if (finite.length === 0) return;
        expect([kept[0], kept.at(-1)]).toEqual([finite[0], finite.at(-1)]);
        const seen = (indices: readonly number[]): number[] => [
          indices.reduce((least, index) => Math.min(least, values[index] ?? 0), Infinity),
          indices.reduce((most, index) => Math.max(most, values[index] ?? 0), -Infinity),
        ];
        expect(seen(kept)).toEqual(seen(finite));
      }),
    );
  });
});

describe('the limits of several series', () => {
  it('are the largest for a small result', () => {
    expect(pointLimits([3, 1, 1])).toEqual([PLOT_POINTS, PLOT_POINTS, PLOT_POINTS]);
    expect(pointLimits([])).toEqual([]);
  });

  it('follow the weights of many series, so that all together have about 40,000 points', () => {
    const [first, second, ...others] = pointLimits([...Array<number>(100).fill(3), ...Array<number>(100).fill(1)]);
    expect([first, second, others.at(-1)]).toEqual([300, 300, 100]);
  });

  it('are never so small that nothing can be seen', () => {
    expect(pointLimits(Array<number>(5000).fill(1))[0]).toBe(40);
  });
});
