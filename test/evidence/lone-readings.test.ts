import { describe, expect, test } from 'vitest';
import { loneReadings } from '../../src/evidence/series/lone-readings.js';
import { withoutMisread } from '../../src/evidence/series/usable.js';
import { compareGrowth, type RecordedSeries } from '../../src/index.js';
import { madeUp } from '../compare/samples.js';

const flat = (level: number, changes: Readonly<Record<number, number>> = {}): number[] =>
  Array.from({ length: 144 }, (_, i) => changes[i] ?? level + (i % 3));

describe('a lone reading', () => {
  test.each([
    ['far above', 'fds', flat(13, { 70: 13_000 }), [70]],
    ['far below', 'sockets', flat(4_000, { 70: 0 }), [70]],
    ['two of them', 'fds', flat(13, { 30: 13_000, 90: 9_000 }), [30, 90]],
    ['of memory', 'anon_bytes', flat(50e6, { 70: 50e9 }), [70]],
    ['on a steady climb', 'fds', Array.from({ length: 144 }, (_, i) => (i === 40 ? 90_000 : 20 + 37 * i)), [40]],
    ['a low end', 'anon_bytes', flat(50e6, { 141: 2e6, 142: 9e6, 143: 1e6 }), [141, 142, 143]],
    ['a cut last line', 'fds', flat(2_000, { 143: 20 }), [143]],
    ['beside a lone one', 'fds', flat(2_000, { 70: 20_000, 143: 20 }), [70, 143]],
  ] as const)('%s is found', (_, metric, values, found) => {
    expect(loneReadings(values, metric)).toEqual(found);
  });

  test.each([
    ['a step', 'fds', flat(13).map((value, i) => (i < 70 ? value : value + 13_000))],
    ['two readings in a row', 'fds', flat(13, { 70: 13_000, 71: 13_000 })],
    ['the last reading', 'fds', flat(13, { 143: 13_000 })],
    ['five low readings at the end', 'fds', flat(2_000, { 139: 9, 140: 9, 141: 9, 142: 9, 143: 9 })],
    ['an end as low as the start', 'fds', flat(2_000, { 0: 15, 1: 15, 143: 20 })],
    ['a steep climb', 'fds', Array.from({ length: 144 }, (_, i) => 13 + 40 * i * i)],
    ['bursts that the service has', 'fds', flat(13).map((value, i) => (i % 20 === 7 ? 2_000 : value))],
    ['a small burst', 'fds', flat(13, { 70: 80 })],
    ['a dip of memory', 'anon_bytes', flat(50e6, { 70: 30e6 })],
  ] as const)('%s is none', (_, metric, values) => {
    expect(loneReadings(values, metric)).toEqual([]);
  });
});

test.each([
  ['fds', 30_029_568],
  ['anon_bytes', 2 ** 50],
] as const)('a last reading of %s that no process can have is left out and named', (metric, last) => {
  const y = Float64Array.from(flat(30_000_000 / (metric === 'fds' ? 1e6 : 1), { 143: last }));
  const time = Float64Array.from(y, (_, i) => i);
  const { series, lone } = withoutMisread({ time, x: time, y }, metric);
  expect([series.y.length, lone]).toEqual([143, [last]]);
});

/** Three recordings of which the descriptors are changed. */
function recorded(
  descriptorsPerRequest: number,
  first: number,
  change: (value: number, row: number) => number = (value) => value,
): RecordedSeries[] {
  return [0, 1, 2].map((n) => {
    const series = madeUp({ perRequest: 0, seed: first + n, descriptorsPerRequest });
    return { ...series, values: { ...series.values, fds: Array.from(series.values['fds'] ?? [], change) } };
  });
}

describe('in a verdict', () => {
  const baseline = recorded(0, 0);
  const spike = (value: number, row: number): number => (row === 200 ? 60_000 : value);

  test('it is ignored and named, and hides no leak of descriptors', () => {
    const { verdict } = compareGrowth({ baseline, candidate: recorded(0.5, 3, spike) });
    expect(verdict.outcome).toBe('fail');
    expect(verdict.assessment.findings).toContainEqual(
      expect.objectContaining({
        kind: 'readings-left-out',
        said: expect.objectContaining({ code: 'readings-misread' }),
      }),
    );
  });

  test('low last readings hide no leak of memory', () => {
    const leaking = [3, 4, 5].map((seed) => {
      const series = madeUp({ perRequest: 150, seed });
      const ended = (column: ArrayLike<number>) =>
        Array.from(column, (value, i) => (i < column.length - 2 ? value : 2e6));
      return { ...series, values: Object.fromEntries(Object.entries(series.values).map(([k, c]) => [k, ended(c)])) };
    });
    expect(compareGrowth({ baseline, candidate: leaking }).verdict.outcome).toBe('fail');
  });

  test('without a leak it makes none', () => {
    const { verdict } = compareGrowth({ baseline, candidate: recorded(0, 3, spike) });
    expect(verdict.outcome).toBe('pass');
  });

  test('descriptors that freeze while memory moves: their growth is not known', () => {
    const frozen = recorded(0, 3, (value, row) => value + (row < 180 ? row % 4 : 0));
    const { verdict } = compareGrowth({ baseline, candidate: frozen });
    const descriptors = verdict.assessment.services.find(({ metric }) => metric === 'fds');
    expect(descriptors?.outcome).toBe('inconclusive');
    expect(verdict.assessment.findings).toContainEqual(
      expect.objectContaining({ kind: 'counts-stuck', said: expect.objectContaining({ code: 'counts-stuck' }) }),
    );
  });
});
