import { describe, expect, test } from 'vitest';
import { compareGrowth, type RecordedSeries } from '../../src/index.js';
import { randomFrom } from '../fuzz/random.js';
import { madeUp } from './samples.js';
import { say } from '../../src/words/say.js';

type Values = RecordedSeries['values'];
const side = (count: number, perRequest: number, first = 0): RecordedSeries[] =>
  Array.from({ length: count }, (_, n) => madeUp({ perRequest, seed: first + n }));

/** The series with one column changed. */
function changed(series: RecordedSeries, name: string, change: (value: number, row: number) => number): RecordedSeries {
  const values: Values = { ...series.values, [name]: Array.from(series.values[name] ?? [], change) };
  return { ...series, values };
}

describe('readings that cannot be', () => {
  test('one reading of 0 is ignored and named, and hides no leak', () => {
    const zero = (series: RecordedSeries): RecordedSeries =>
      changed(series, 'anon_bytes', (value, row) => (row === 200 ? 0 : value));
    const { verdict, warnings } = compareGrowth({
      baseline: side(3, 0).map(zero),
      candidate: side(3, 150, 3).map(zero),
    });
    expect(verdict.outcome).toBe('fail');
    expect(warnings.map(say)).toContain(
      'baseline 1: one reading of anon_bytes cannot be (0 at 200 s) and is left out as missing.',
    );
  });

  test('a process that is gone at the end is no recording of one life', () => {
    const died = side(3, 0, 3).map((series) => changed(series, 'anon_bytes', (value, row) => (row > 250 ? 0 : value)));
    expect(() => compareGrowth({ baseline: side(3, 0), candidate: died })).toThrow(
      /until the end, so the process had ended/,
    );
  });

  test('a recording of which most readings were lost, though not in a row, gives no PASS', () => {
    const random = randomFrom(8);
    const kept = (share: number) => (series: RecordedSeries) => {
      const rows = Array.from(series.time, (_, row) => row).filter(() => random.below(100) < share * 100);
      const pick = (column: ArrayLike<number>): number[] => rows.map((row) => column[row]!);
      return {
        time: pick(series.time),
        requests: pick(series.requests!),
        values: Object.fromEntries(Object.entries(series.values).map(([name, column]) => [name, pick(column)])),
      };
    };
    const outcome = (share: number): string =>
      compareGrowth({ baseline: side(3, 0).map(kept(share)), candidate: side(3, 0, 3) }).verdict.outcome;
    expect([0.9, 0.7, 0.4].map(outcome)).toEqual(['pass', 'inconclusive', 'inconclusive']);
  });

  test('memory that is 0 throughout is refused', () => {
    const none = side(3, 0, 3).map((series) => changed(series, 'anon_bytes', () => 0));
    expect(() => compareGrowth({ baseline: side(3, 0), candidate: none }, { metric: 'anon_bytes' })).toThrow(
      /this is not memory in bytes|no reading is possible/,
    );
  });

  test('impossible counts are ignored: a leak of descriptors is still found', () => {
    const garbage = Array.from({ length: 3 }, (_, n) =>
      madeUp({ perRequest: 0, seed: 3 + n, descriptorsPerRequest: 0.05 }),
    ).map((series) => changed(series, 'fds', (value, row) => (row % 50 === 7 ? 9_007_199_254_740_991 : value)));
    const { verdict, warnings } = compareGrowth({ baseline: side(3, 0), candidate: garbage });
    expect(verdict.outcome).toBe('fail');
    expect(warnings.map(say).filter((text) => text.includes('readings of fds cannot be'))).toHaveLength(3);
  });

  test('counts of which most are impossible are refused', () => {
    const garbage = side(3, 0, 3).map((series) =>
      changed(series, 'fds', (value, row) => (row % 3 === 0 ? 1e15 : value)),
    );
    expect(() => compareGrowth({ baseline: side(3, 0), candidate: garbage })).toThrow(/fds is 1000000000000000 at/);
  });

  test('numbers at the edge of what a number can be end in an error', () => {
    const edge = side(3, 0, 3).map((series) =>
      changed(series, 'anon_bytes', (value, row) => (row % 2 ? 1e308 : value)),
    );
    expect(() => compareGrowth({ baseline: side(3, 0), candidate: edge })).toThrow(
      /which is impossible for a running process/,
    );
  });
});

describe('holes', () => {
  const hour = (series: RecordedSeries): RecordedSeries => ({
    ...series,
    time: Array.from(series.time, (at) => (at < 120 ? at : at + 3600)),
  });

  test('of a recording with an hour missing, only the longest part is judged, and it is said', () => {
    const { verdict, recording, warnings } = compareGrowth({
      baseline: side(3, 0).map(hour),
      candidate: side(3, 200, 3).map(hour),
    });
    expect(verdict.outcome).toBe('fail');
    expect(say(warnings[0]!)).toBe(
      'baseline 1: there are no readings at 119–3720 s, 3601 of 3910 s. ' +
        'Only the longest part without a gap is judged, 3720–3910 s.',
    );
    expect(recording.trials[0]?.phases[0]?.from.time).toBeGreaterThanOrEqual(3720);
  });

  test.each([
    ['of both versions', true],
    ['of the candidate alone', false],
  ])('a part of the recordings %s is never a PASS', (_, both) => {
    const third = (series: RecordedSeries): RecordedSeries =>
      changed(series, 'anon_bytes', (value, row) => (row > 140 && row < 244 ? Number.NaN : value));
    const sound = { baseline: side(3, 0), candidate: side(3, 0, 3) };
    expect(compareGrowth(sound).verdict.outcome).toBe('pass');
    const partial = {
      baseline: both ? sound.baseline.map(third) : sound.baseline,
      candidate: sound.candidate.map(third),
    };
    expect(() => compareGrowth(partial)).toThrow(/there are no readings at 140–244 s: 104 /);
  });

  test('a small hole is named, and the whole is judged', () => {
    const small = (series: RecordedSeries): RecordedSeries =>
      changed(series, 'anon_bytes', (value, row) => (row > 150 && row < 195 ? Number.NaN : value));
    const { verdict, warnings } = compareGrowth({
      baseline: side(3, 0).map(small),
      candidate: side(3, 128, 3).map(small),
    });
    expect(verdict.outcome).toBe('fail');
    expect(say(warnings[0]!)).toBe('baseline 1: there are no readings at 150–195 s, 45 of 310 s.');
  });

  test('parts that are all too short are refused', () => {
    const holes = (series: RecordedSeries): RecordedSeries => ({
      ...series,
      time: Array.from(series.time, (at) => at + 600 * Math.floor(at / 10)),
    });
    expect(() => compareGrowth({ baseline: side(3, 0).map(holes), candidate: side(3, 0, 3) })).toThrow(
      /no part without a gap/,
    );
  });
});

test('few requests prove a leak that is large', () => {
  const few = (perRequest: number, first: number): RecordedSeries[] =>
    [0, 1, 2].map((n) => madeUp({ perRequest, seed: first + n, seconds: 130, rate: 7 }));
  expect(compareGrowth({ baseline: few(0, 0), candidate: few(51_000, 3) }).verdict.outcome).toBe('fail');
  expect(compareGrowth({ baseline: few(0, 0), candidate: few(0, 3) }).verdict.outcome).not.toBe('fail');
});

describe('restarts', () => {
  const restarted = (series: RecordedSeries): RecordedSeries =>
    changed(series, 'anon_bytes', (value, row) => (row > 200 ? value - 5e7 : value + 3e7));

  test('no PASS rests on a window in which the candidate seems to have been restarted', () => {
    expect(() =>
      compareGrowth({
        baseline: side(3, 5000),
        candidate: side(3, 0, 3).map((one) =>
          changed(one, 'anon_bytes', (value, row) => (row > 200 ? value : value + 6e7)),
        ),
      }),
    ).toThrow(/falls from 85 to 2\d MiB at 201 s and stays low, as after a restart/);
  });

  test('one in the baseline is named', () => {
    const baseline = side(3, 0)
      .map((one) => changed(one, 'anon_bytes', (value) => value + 6e7))
      .map(restarted);
    const { warnings } = compareGrowth({ baseline, candidate: side(3, 0, 3) });
    expect(warnings.filter(({ code }) => code === 'looks-restarted')).toHaveLength(3);
  });
});
