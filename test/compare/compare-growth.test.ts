import { describe, expect, test } from 'vitest';
import { compareGrowth, type RecordedSeries } from '../../src/index.js';
import { madeUp, type Story } from './samples.js';
import { say } from '../../src/words/say.js';

const side = (count: number, story: Omit<Story, 'seed'>, first = 0): RecordedSeries[] =>
  Array.from({ length: count }, (_, n) => madeUp({ ...story, seed: first + n }));

describe('the judgement of recorded series', () => {
  test.each([
    ['a leak, three replicates', side(3, { perRequest: 0 }), side(3, { perRequest: 128 }, 3), 'fail'],
    ['an overwhelming leak, two', side(2, { perRequest: 0 }), side(2, { perRequest: 5000 }, 3), 'fail'],
    ['the way back', side(2, { perRequest: 5000 }), side(2, { perRequest: 0 }, 3), 'pass'],
    ['alike', side(3, { perRequest: 2 }), side(3, { perRequest: 2 }, 3), 'pass'],
    ['one replicate', side(1, { perRequest: 0 }), side(1, { perRequest: 5000 }, 3), 'inconclusive'],
    [
      'descriptors alone',
      side(2, { perRequest: 0 }),
      side(2, { perRequest: 0, descriptorsPerRequest: 0.05 }, 3),
      'fail',
    ],
    [
      'a leak per second',
      side(3, { perRequest: 0, counted: false }),
      side(3, { perRequest: 400, counted: false }, 3),
      'fail',
    ],
  ] as const)('%s', (_, baseline, candidate, outcome) => {
    expect(compareGrowth({ baseline, candidate }).verdict.outcome).toBe(outcome);
  });

  test('all of alpha is spent on what is there', () => {
    const { verdict } = compareGrowth({
      baseline: side(3, { perRequest: 0 }),
      candidate: side(3, { perRequest: 0 }, 3),
    });
    expect(verdict.assessment.look).toEqual({ index: 0, of: 1, weight: 1 });
    expect(verdict.next).toBe('stop');
  });

  test('idle ends are cut, and at most a third of the load goes as warm-up', () => {
    const { recording, notes } = compareGrowth({
      baseline: side(2, { perRequest: 0, seconds: 120, rate: 40 }),
      candidate: side(2, { perRequest: 0, seconds: 120, rate: 40 }, 3),
    });
    const [warmup, window, idle] = recording.trials[0]?.phases ?? [];
    expect(warmup?.from).toEqual({ time: 2, requests: 0 });
    expect(window?.from).toEqual({ time: 42, requests: 1600 });
    expect(window?.to).toEqual({ time: 122, requests: 4800 });
    expect(idle?.to.time).toBe(130);
    expect(notes.map(say).join(' ')).toContain('first 40 s of load are left out');
  });

  test('growth with time is judged if the recordings go on long enough after the load', () => {
    const arm = (perSecond: number, after: number, seed: number): RecordedSeries[] =>
      side(3, { perRequest: 0, after, perSecond }, seed);
    const judged = (after: number) =>
      compareGrowth({ baseline: arm(0, after, 0), candidate: arm(2000, after, 3) }).verdict.assessment;
    const { services, findings } = judged(90);
    expect(services[0]?.time?.difference.value).toBeCloseTo(2000 * 3600, -6);
    expect(findings.map(({ kind }) => kind)).toContain('grows-with-time');
    expect(judged(8).services[0]?.time).toBeUndefined();
  });

  test('without requests it says so, and takes a margin per second', () => {
    const arms = {
      baseline: side(3, { perRequest: 0, counted: false }),
      candidate: side(3, { perRequest: 400, counted: false }, 3),
    };
    const { verdict, notes } = compareGrowth(arms, { marginBytesPerSecond: 1e6 });
    expect(verdict.assessment.axis).toBe('seconds');
    expect(verdict.assessment.margin).toBeCloseTo(1e6);
    expect(verdict.outcome).toBe('pass');
    expect(notes.map(say).join(' ')).toContain('judged per second');
  });

  test('the longest recording is judged on no more than the shortest has', () => {
    const { recording, warnings } = compareGrowth({
      baseline: side(2, { perRequest: 0 }),
      candidate: [madeUp({ perRequest: 512, seed: 3, seconds: 150 }), madeUp({ perRequest: 512, seed: 4 })],
    });
    expect(recording.trials.map(({ phases }) => phases[1]?.to.time)).toEqual([153, 152, 153, 153]);
    expect(warnings.map(say).join(' ')).toContain('has only 150 s of load');
  });

  test('nothing passes if one recording ends long before the others, because growth may begin later', () => {
    const compare = (seconds: number) =>
      compareGrowth({
        baseline: side(3, { perRequest: 0 }),
        candidate: [madeUp({ perRequest: 0, seed: 4, seconds }), ...side(2, { perRequest: 0 }, 5)],
      });
    expect(compare(285).verdict.outcome).toBe('pass');
    expect(() => compare(260)).toThrow(/^this recording has 4\.3 minutes of load, another one has 5 minutes/);
  });

  describe('a side that got no requests', () => {
    const idle = (seed: number, level = 0): RecordedSeries => {
      const series = madeUp({ perRequest: 0, seed });
      return { ...series, requests: Array.from(series.time, () => level) };
    };
    const loaded = side(3, { perRequest: 0 });
    const idles = [idle(4), idle(5), idle(6)];

    test.each([
      ['all recordings of the candidate', loaded, idles, /^the requests stay at 0 .* rise in baseline 1$/],
      ['all recordings of the baseline', idles, loaded, /^the requests stay at 0 .* rise in candidate 1$/],
      ['an empty column', loaded, [idle(4, Number.NaN), ...side(2, { perRequest: 0 }, 5)], /are not counted in this/],
      ['one of them', loaded, [idle(4, 1200), ...side(2, { perRequest: 0 }, 5)], /stay at 1,200 in this recording/],
    ])('is refused: %s', (_, baseline, candidate, message) => {
      expect(() => compareGrowth({ baseline, candidate })).toThrow(message);
    });

    test('is named', () => {
      const candidate = [...side(1, { perRequest: 0 }, 5), idle(6), idle(7)];
      expect(() => compareGrowth({ baseline: loaded, candidate })).toThrow(
        expect.objectContaining({
          code: 'SERIES_INVALID',
          location: 'candidate 2:1:1',
          hint: expect.stringContaining('without requests'),
        }) as Error,
      );
    });

    test('is judged per second if no recording has a count that rises', () => {
      const { verdict } = compareGrowth({ baseline: [idle(1), idle(2), idle(3)], candidate: idles });
      expect(verdict.assessment.axis).toBe('seconds');
    });
  });

  test('unequal loads are pointed out', () => {
    const { warnings } = compareGrowth({
      baseline: side(2, { perRequest: 0 }),
      candidate: [madeUp({ perRequest: 0, seed: 4 }), madeUp({ perRequest: 0, seed: 5, rate: 60 })],
    });
    expect(warnings.filter(({ code }) => code === 'rates-differ').map(say)).toEqual([expect.stringContaining('60.0')]);
  });

  test('a copy is not a replicate: its pair does not count and is named', () => {
    const baseline = side(3, { perRequest: 0 });
    const [first, second] = side(2, { perRequest: 128 }, 3) as [RecordedSeries, RecordedSeries];
    const { recording, warnings } = compareGrowth({ baseline, candidate: [first, second, second] });
    expect(recording.trials).toHaveLength(4);
    expect(warnings.map(say)).toEqual([
      'candidate 2 and candidate 3 have the same readings: a copy is no further evidence, so replicate 3 is ' +
        'left out.',
    ]);
  });

  test('a clock that was set forward does not make a copy another recording', () => {
    const [first, second] = side(2, { perRequest: 0 }) as [RecordedSeries, RecordedSeries];
    const later = { ...second, time: Array.from(second.time, (at) => at + 900) };
    const { recording } = compareGrowth({ baseline: [first, second, later], candidate: side(3, { perRequest: 0 }, 3) });
    expect(recording.trials).toHaveLength(4);
  });

  test('a recording compared with itself is refused', () => {
    const both = side(2, { perRequest: 5000 });
    expect(() => compareGrowth({ baseline: both, candidate: both })).toThrow(/no replicate is left without a copy/);
    const crossed = compareGrowth({ baseline: both, candidate: [...both].reverse() });
    expect(crossed.recording.trials).toHaveLength(2);
    expect(crossed.verdict.outcome).toBe('inconclusive');
  });

  test('rare events are judged on the lowest level between them', () => {
    const reloads = (perReload: number, seed: number): RecordedSeries => {
      const time = Array.from({ length: 170 }, (_, row) => row);
      const requests = time.map((at) => Math.min(40, Math.floor(Math.max(0, at - 2) / 4)));
      return {
        time,
        requests,
        values: {
          anon_bytes: time.map(
            (at, row) => 3e7 + perReload * (requests[row] ?? 0) + (at % 4 === 2 ? 6e7 + 1e5 * ((seed * at) % 7) : 0),
          ),
        },
      };
    };
    const { verdict, notes } = compareGrowth({
      baseline: [reloads(1e5, 1), reloads(1.1e5, 2)],
      candidate: [reloads(6e5, 3), reloads(6.1e5, 4)],
    });
    expect(verdict.outcome).toBe('fail');
    expect(verdict.assessment.services[0]?.difference?.value).toBeCloseTo(5e5, -3);
    expect(notes.map(say).join(' ')).toContain('rare events');
  });

  test('several services: each is judged by name', () => {
    const stack = (seed: number, leak: number): RecordedSeries[] => [
      { ...madeUp({ perRequest: 0, seed }), service: 'waf' },
      { ...madeUp({ perRequest: leak, seed: seed + 1 }), service: 'stats' },
    ];
    const { verdict } = compareGrowth({
      baseline: [stack(0, 0), stack(1, 0), stack(2, 0)],
      candidate: [stack(3, 300), stack(4, 300), stack(5, 300)],
    });
    expect(verdict.outcome).toBe('fail');
    expect(
      verdict.assessment.services.filter(({ outcome, judged }) => judged && outcome === 'fail').map(({ role }) => role),
    ).toEqual(['stats']);
  });

  test.each([
    [{ metric: 'anon_bites' }, /no metric "anon_bites"/],
    [{ metric: 'fds', marginBytesPerRequest: 32 }, /have another margin/],
    [{ warmupSeconds: 600 }, /nothing is left/],
  ])('%o is refused', (options, message) => {
    expect(() =>
      compareGrowth({ baseline: side(2, { perRequest: 0 }), candidate: side(2, { perRequest: 0 }, 3) }, options),
    ).toThrow(message);
  });

  test('descriptors may decide by themselves, by their own margin', () => {
    const arms = (leak: number) => ({
      baseline: side(2, { perRequest: 0 }),
      candidate: side(2, { perRequest: 0, descriptorsPerRequest: leak }, 3),
    });
    const { verdict } = compareGrowth(arms(0.05), { metric: 'fds' });
    expect(verdict.outcome).toBe('fail');
    expect(verdict.assessment.services.map(({ metric, unit, margin }) => ({ metric, unit, margin }))).toEqual([
      { metric: 'fds', unit: 'fds/request', margin: 0.001 },
    ]);
    const three = compareGrowth(
      { baseline: side(3, { perRequest: 0 }), candidate: side(3, { perRequest: 0 }, 3) },
      { metric: 'fds' },
    );
    expect(three.verdict.outcome).toBe('pass');
  });

  test('columns of unequal length are refused', () => {
    const [one] = side(1, { perRequest: 0 }) as [RecordedSeries];
    expect(() => compareGrowth({ baseline: [one], candidate: [{ ...one, values: { anon_bytes: [1, 2] } }] })).toThrow(
      /2 values of anon_bytes for 311 times/,
    );
  });

  test('megabytes under a bare name are asked for, under a telling one converted', () => {
    const scaled =
      (name: string) =>
      (series: RecordedSeries): RecordedSeries => ({
        ...series,
        values: { [name]: Array.from(series.values['anon_bytes'] ?? [], (value) => value / 1024 ** 2) },
      });
    const arms = (name: string) => ({
      baseline: side(2, { perRequest: 0 }).map(scaled(name)),
      candidate: side(2, { perRequest: 5000 }, 3).map(scaled(name)),
    });
    expect(() => compareGrowth(arms('rss'))).toThrow(/states no unit, and is at most 27/);
    expect(compareGrowth(arms('rss_mib')).verdict.assessment.services[0]?.difference?.value).toBeCloseTo(5000, -1);
  });
});
