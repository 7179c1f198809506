import { describe, expect, it } from 'vitest';
import { gatherEvidence, poolEvidence } from '../../src/statistics/estimators/growth-evidence.js';
import { measurePair, type ArmSeries, type SeriesPair } from '../../src/statistics/estimators/pair-measure.js';
import { judgeLook } from '../../src/procedure/judge-look.js';
import { armSeries, pairsWith, QUANTUM, RATE, rules, seeded, staircase } from '../statistics/series.js';

const MIB = 2 ** 20;
type Memory = (second: number, request: number) => number;

/** Judged as recorded series are: no longer pair confirms anything. */
const recorded = (pairs: SeriesPair[]) => judgeLook(gatherEvidence(pairs, QUANTUM), rules(32, { unconfirmed: true }));
const judge = (pairs: SeriesPair[]) => judgeLook(gatherEvidence(pairs, QUANTUM), rules(32));

/** Both arms with a growth of their own beside their staircases. */
function pairsOf(count: number, seconds: number, baseline: Memory, candidate: Memory): SeriesPair[] {
  const random = seeded(11);
  return Array.from({ length: count }, () => {
    const [old, fresh] = [staircase(seconds, random), staircase(seconds, random)];
    const on = (steps: (second: number) => number, own: Memory) =>
      armSeries(seconds, (second, request) => 4096 * Math.round((60e6 + steps(second) + own(second, request)) / 4096));
    return { baseline: on(old, baseline), candidate: on(fresh, candidate) };
  });
}

const flat: Memory = () => 0;
const release =
  (mib: number, tau: number): Memory =>
  (second) =>
    mib * MIB * Math.exp(-second / tau);

describe('growth hidden by memory that is given back does not pass', () => {
  for (const replicates of [3, 5, 8])
    for (const seconds of [120, 300])
      for (const [mib, tau] of [
        [8, 60],
        [8, 100],
        [8, 200],
        [20, 60],
        [20, 100],
        [20, 200],
      ] as const)
        it(`256 bytes per request behind ${mib} MiB, tau ${tau} s; ${replicates} replicates of ${seconds} s`, () => {
          const memory = release(mib, tau);
          const pairs = pairsWith(replicates, seconds, (second, request) => 256 * request + memory(second, request));
          expect(recorded(pairs).decision).not.toBe('pass');
          expect(judge(pairs).decision).not.toBe('pass');
        });

  it('the objection says how much growth may remain, and when the release ends', () => {
    const memory = release(20, 60);
    const { objection } = recorded(pairsWith(5, 120, (second, request) => 256 * request + memory(second, request)));
    expect(objection).toMatchObject({ code: 'MASKED' });
    if (objection?.code !== 'MASKED') throw new Error('not masked');
    expect(objection.upper).toBeGreaterThan(256);
    expect(objection.upper).toBeLessThan(600);
    // A release of 20 MiB with tau 60 s is down to 32 bytes per request after about 300 s.
    expect((objection.overAfter as number) / RATE).toBeGreaterThan(120);
    expect((objection.overAfter as number) / RATE).toBeLessThan(260);
  });

  it('a release without a visible end says nothing about the growth that it hides', () => {
    const { decision, objection } = recorded(pairsWith(3, 120, release(20, 200)));
    expect(decision).toBe('continue');
    expect(objection).toMatchObject({ code: 'MASKED', upper: Infinity, overAfter: null });
  });

  it('if the release ends before the window, the growth after it decides', () => {
    expect(recorded(pairsWith(5, 600, release(20, 40))).decision).toBe('pass');
    const leak: Memory = (second, request) => 128 * request + release(20, 40)(second, request);
    expect(recorded(pairsWith(5, 600, leak))).toMatchObject({ decision: 'continue', objection: { code: 'LATE' } });
  });

  it('a fall that ends at 60 % and a leak after it is late growth', () => {
    const memory: Memory = (second) => RATE * (-64 * Math.min(second, 180) + 128 * Math.max(0, second - 180));
    expect(recorded(pairsWith(5, 300, memory))).toMatchObject({ decision: 'continue', objection: { code: 'LATE' } });
  });

  it('a baseline that fills hides a leak as a candidate that releases does', () => {
    const pairs = pairsOf(
      5,
      120,
      (second) => 8 * MIB * (1 - Math.exp(-second / 100)),
      (_, request) => 256 * request,
    );
    expect(recorded(pairs)).toMatchObject({ decision: 'continue', objection: { code: 'MASKED' } });
  });

  it('growth that begins in the last fifth is found there', () => {
    const memory: Memory = (second) => 96 * RATE * Math.max(0, second - 240);
    expect(recorded(pairsWith(5, 300, memory))).toMatchObject({ decision: 'continue', objection: { code: 'LATE' } });
  });
});

describe('a candidate that does not grow never fails', () => {
  const falling =
    (perRequest: number): Memory =>
    (_, request) =>
      -perRequest * request;
  it.each([
    ['the baseline falls by 64 bytes per request', falling(64)],
    ['the baseline falls by 256', falling(256)],
    ['the baseline falls by 1,024', falling(1024)],
    ['the baseline gives back 10 MiB, tau 60 s', release(10, 60)],
    ['the baseline gives back 10 MiB, tau 300 s', release(10, 300)],
  ])('%s', (_, baseline) => {
    for (const replicates of [3, 5, 8]) {
      const { decision } = recorded(pairsOf(replicates, 300, baseline, flat));
      expect(decision).not.toBe('fail');
    }
  });

  it('the objection says how the two arms grow', () => {
    expect(recorded(pairsOf(5, 300, falling(256), flat))).toMatchObject({
      decision: 'continue',
      objection: { code: 'BASELINE-FALLS', baseline: expect.closeTo(-256, -1), candidate: expect.closeTo(0, -1) },
    });
  });

  it('a candidate that leaks beside a falling baseline still fails', () => {
    expect(recorded(pairsOf(5, 300, falling(256), (_, request) => 128 * request)).decision).toBe('fail');
  });

  it('two arms that fall equally have no sawtooth and pass', () => {
    expect(recorded(pairsOf(5, 300, falling(100), falling(100))).decision).toBe('pass');
  });
});

describe('growth that slows down does not fail without a confirmation', () => {
  const logarithm =
    (mb: number, t0: number): Memory =>
    (second) =>
      mb * 1e6 * Math.log1p((second + 60) / t0);
  for (const seconds of [120, 300])
    for (const mb of [2, 5, 10])
      for (const t0 of [5, 30])
        it(`${mb} MB · ln(1 + t/${t0} s) over ${seconds} s`, () => {
          expect(recorded(pairsWith(5, seconds, logarithm(mb, t0)))).toMatchObject({
            decision: 'continue',
            objection: { code: 'FILL' },
          });
        });

  const until =
    (share: number): Memory =>
    (second) =>
      256 * RATE * Math.min(second, share * 300);
  it.each([0.85, 0.9, 0.95])('a cache that is full at %f of the window', (share) => {
    for (const replicates of [3, 5, 8])
      expect(judge(pairsWith(replicates, 300, until(share)))).toMatchObject({
        decision: 'continue',
        objection: { code: 'FILL', shape: 'stopped' },
      });
  });

  it('two reloads are two steps', () => {
    const reloads: Memory = (second) => 18e6 * ((second >= 100 ? 1 : 0) + (second >= 200 ? 1 : 0));
    const { objection } = judge(pairsWith(5, 300, reloads));
    expect(objection).toMatchObject({ code: 'STEP', steps: 2 });
    expect((objection as { height: number }).height / 36e6).toBeCloseTo(1, 1);
  });

  it('straight leaks keep their fail, from small to large, and beside a step', () => {
    for (const perRequest of [64, 128, 1024, 16_384])
      expect(recorded(pairsWith(5, 300, (_, request) => perRequest * request)).decision).toBe('fail');
    const beside: Memory = (second, request) => (second >= 90 ? 18e6 : 0) + 64 * request;
    expect(recorded(pairsWith(5, 300, beside)).decision).toBe('fail');
  });

  it('without counted requests, the last seconds may be idle: only a long stop counts', () => {
    const pairs = pairsWith(5, 300, (second) => 256 * RATE * Math.min(second, 291));
    const rulesOf = (loadUnknown: boolean) => rules(32, { unconfirmed: true, loadUnknown });
    expect(judgeLook(gatherEvidence(pairs, QUANTUM), rulesOf(false)).decision).toBe('continue');
    expect(judgeLook(gatherEvidence(pairs, QUANTUM), rulesOf(true)).decision).toBe('fail');
  });
});

describe('one dip of the baseline', () => {
  const dip: Memory = (second) => (second > 100 && second < 140 ? -30e6 : 0);
  const twice: Memory = (second) => dip(second, 0) + dip(second - 100, 0);

  it('does not hide a candidate that grows steadily', () => {
    expect(recorded(pairsOf(5, 300, dip, (_, request) => 1300 * request)).decision).toBe('fail');
  });

  it('counts if the baseline climbs as the candidate does, and falls once: a sawtooth in another phase', () => {
    const tooth =
      (phase: number): Memory =>
      (second) =>
        (30 * MIB * ((second + phase) % 400)) / 400;
    const { decision, objection } = recorded(pairsOf(5, 300, tooth(160), tooth(80)));
    expect(decision).toBe('continue');
    expect(objection?.code).toBe('STEP');
  });

  it('counts if it comes twice, and if the candidate does not grow', () => {
    expect(recorded(pairsOf(5, 300, twice, (_, request) => 600 * request)).decision).toBe('continue');
    expect(gatherEvidence(pairsOf(5, 300, dip, flat), QUANTUM).floor.sawtooth).toBeGreaterThan(500);
  });
});

describe('rounded readings', () => {
  const rounded = (pairs: SeriesPair[], to: number): SeriesPair[] =>
    pairs.map(({ baseline, candidate }) => {
      const cut = (arm: SeriesPair['baseline']) =>
        arm && { ...arm, y: Float64Array.from(arm.y, (value) => Math.round(to * Math.floor(value / to))) };
      return { baseline: cut(baseline), candidate: cut(candidate) };
    });
  const leak = (perRequest: number) => pairsWith(5, 300, (_, request) => perRequest * request);

  it.each([
    [MIB, 64],
    [10 * MIB, 64],
    [10 * MIB, 256],
  ])('to %d bytes do not pass a leak of %d', (to, perRequest) => {
    for (const count of [3, 5])
      expect(recorded(rounded(leak(perRequest), to).slice(0, count)).decision).not.toBe('pass');
  });

  it('are reported with the window that would resolve the margin', () => {
    const steps = pairsWith(5, 300, (second, _, replicate) => (second > 40 + 50 * replicate ? MIB : 0)).map(
      ({ candidate }) => ({ baseline: candidate, candidate }),
    );
    expect(recorded(rounded(steps, MIB))).toMatchObject({
      decision: 'continue',
      objection: { code: 'COARSE', resolution: MIB, needed: MIB / 32 },
    });
  });

  it('to 4 KiB and to 0.1 MiB lose nothing', () => {
    for (const to of [4096, 0.1 * MIB]) {
      expect(recorded(rounded(leak(0), to)).decision).toBe('pass');
      expect(recorded(rounded(leak(64), to)).decision).toBe('fail');
    }
  });

  it('still show a leak that is far larger than what rounding can do', () => {
    expect(recorded(rounded(leak(1024), MIB)).decision).toBe('fail');
  });
});

describe('a late leak does not pass if the window is too short to exclude it', () => {
  const lateFrom =
    (share: number, perRequest: number): ((seconds: number) => Memory) =>
    (seconds) =>
    (second, request) =>
      second < share * seconds ? 0 : perRequest * (request - share * seconds * RATE);

  for (const replicates of [3, 5, 8])
    it(`64 bytes per request from 80 % of 120 s, ${replicates} replicates`, () => {
      const found = recorded(pairsOf(replicates, 120, flat, lateFrom(0.8, 64)(120)));
      expect(found.decision).toBe('continue');
      expect(found.objection).toMatchObject({ code: 'LATE', parts: 5 });
      if (found.objection?.code !== 'LATE') throw new Error('not late');
      // It is not sure that the end grows by more than the margin, and twice the margin is not excluded.
      expect(found.objection.upper).toBeGreaterThanOrEqual(64);
    });

  it('memory that stays flat to the end passes', () => {
    expect(recorded(pairsOf(3, 120, flat, flat)).decision).toBe('pass');
  });
});

describe('a job that runs on both arms at the same request costs no power', () => {
  const job: Memory = (second) => (second % 60 < 10 ? 5e6 : 0);

  it('a leak of 256 bytes per request beside it fails', () => {
    const found = judge(pairsOf(3, 120, job, (second, request) => job(second, request) + 256 * request));
    expect(found.estimate.mean / 256).toBeCloseTo(1, 1);
    expect(found.decision).toBe('fail');
  });

  it('the same growth of both passes', () => {
    expect(judge(pairsOf(3, 120, job, job)).decision).toBe('pass');
  });

  it('a flat candidate beside a baseline that gives memory back is not a leak', () => {
    const found = judge(pairsOf(3, 120, (second, request) => job(second, request) - 256 * request, job));
    expect(found.estimate.mean / 256).toBeCloseTo(1, 1);
    expect(found.objection).toMatchObject({ code: 'BASELINE-FALLS' });
    if (found.objection?.code !== 'BASELINE-FALLS') throw new Error('no fall');
    expect(found.objection.baseline / -256).toBeCloseTo(1, 1);
    expect(Math.abs(found.objection.candidate)).toBeLessThan(16);
  });

  it('a job on one arm only does cost power', () => {
    expect(judge(pairsOf(3, 120, flat, (second, request) => job(second, request) + 64 * request)).decision).toBe(
      'continue',
    );
  });
});

describe('growth that was faster in the warm-up does not fail without a confirmation', () => {
  const WARMUP = 60;
  const windowOf = ({ time, x, y }: ArmSeries): ArmSeries => ({
    time: Array.from(time).slice(WARMUP),
    x: Array.from(x).slice(WARMUP),
    y: Array.from(y).slice(WARMUP),
  });
  /** Three recordings of a minute of warm-up and a window of two. */
  const evidenceOf = (memory: Memory) =>
    poolEvidence(
      pairsOf(3, WARMUP + 120, flat, memory).map((whole) => {
        const [baseline, candidate] = [whole.baseline, whole.candidate] as [ArmSeries, ArmSeries];
        return measurePair({ baseline: windowOf(baseline), candidate: windowOf(candidate) }, whole);
      }),
      QUANTUM,
    );
  const unconfirmed = (memory: Memory) => judgeLook(evidenceOf(memory), rules(32, { unconfirmed: true }));

  it('a logarithm that looks straight in the window', () => {
    const logarithm: Memory = (second) => 1e6 * Math.log1p(second / 30);
    const { before } = evidenceOf(logarithm);
    // The second half of the warm-up: 1 MB · ln(90 / 60) in 30 s.
    expect(Math.round((before?.slopes.reduce((a, b) => a + b, 0) ?? 0) / 3 / 10)).toBeCloseTo(18, -0.5);
    expect(before?.parts).toBeCloseTo(4, 0);
    expect(unconfirmed(logarithm)).toMatchObject({ decision: 'continue', objection: { code: 'FILL' } });
  });

  it('a leak as fast in the warm-up as later fails', () => {
    expect(unconfirmed((_, request) => 128 * request).decision).toBe('fail');
  });

  it('without the load before the window, the warm-up is not judged', () => {
    expect(gatherEvidence(pairsOf(3, 120, flat, flat), QUANTUM).before).toBeNull();
  });
});
