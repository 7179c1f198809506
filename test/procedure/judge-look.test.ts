import { describe, expect, it } from 'vitest';
import { gatherEvidence, poolEvidence } from '../../src/statistics/estimators/growth-evidence.js';
import { measurePair, type ArmSeries, type SeriesPair } from '../../src/statistics/estimators/pair-measure.js';
import { judgeLook } from '../../src/procedure/judge-look.js';
import { interval } from '../../src/statistics/estimators/replicate-mean.js';
import { reference } from '../statistics/reference/index.js';
import { armSeries, pairsWith, QUANTUM, rules } from '../statistics/series.js';

const step = (on: boolean, size: number): number => (on ? size : 0);

function endToEnd(leak: number): SeriesPair[] {
  return [0, 1, 2].map((r) => ({
    baseline: armSeries(
      300,
      (i) =>
        31457280 + step(i >= 37 + 50 * r, 65536) + 4096 * Math.floor((i + 13 * r) / 90) - step(i >= 200 + 11 * r, 4096),
    ),
    candidate: armSeries(
      300,
      (i, x) =>
        31457280 +
        step(i >= 181 - 40 * r, 65536) +
        4096 * Math.floor((i + 29 * r) / 110) +
        4096 * Math.floor((leak * x) / 4096 + 0.3 * r),
    ),
  }));
}

const judge = (pairs: SeriesPair[], margin: number) => judgeLook(gatherEvidence(pairs, QUANTUM), rules(margin));

describe('R12 end to end', () => {
  const expected: Record<number, string> = { 0: 'pass', 8: 'pass', 40: 'fail', 64: 'fail' };
  for (const { leak, baseline, candidate, mean, sd, low, high, lower99, upper95 } of reference.r12) {
    it(`a leak of ${leak} bytes per request: ${expected[leak]}`, () => {
      const evidence = gatherEvidence(endToEnd(leak), QUANTUM);
      for (const i of [0, 1, 2]) {
        expect(evidence.baseline?.[i]).toBeNear(baseline[i], 1e-9);
        expect(evidence.candidate?.[i]).toBeNear(candidate[i], 1e-9);
      }
      const { estimate, lower, upper, decision } = judgeLook(evidence, rules(16));
      expect(estimate.mean).toBeNear(mean, 1e-9);
      expect(estimate.sampleDeviation).toBeNear(sd, 1e-9);
      expect(estimate.deviation).toBeNear(2.191839464882943);
      expect(interval(estimate, 0.95).lower).toBeNear(low, 1e-9);
      expect(interval(estimate, 0.95).upper).toBeNear(high, 1e-9);
      expect(lower).toBeNear(lower99, 1e-9);
      expect(upper).toBeNear(upper95, 1e-9);
      expect(decision).toBe(expected[leak]);
    });
  }

  it('gives the numbers of the method page', () => {
    const at = (leak: number) => judge(endToEnd(leak), 16);
    expect(at(0).estimate.mean).toBeNear(0.975607);
    expect(at(0).upper).toBeCloseTo(4.6707, 4);
    expect(at(8).lower).toBeCloseTo(0.1614, 4);
    expect(at(40).lower).toBeCloseTo(32.1632, 4);
    expect(at(64).lower).toBeCloseTo(56.162, 4);
  });
});

describe('shapes', () => {
  const fill = (amplitude: number, tau: number) => (second: number) => amplitude * (1 - Math.exp(-second / tau));

  it('flat on both sides: slopes of exactly 0, an interval as wide as the floor says, pass', () => {
    const flat = armSeries(300, () => 31_457_280);
    const evidence = gatherEvidence(
      [
        { baseline: flat, candidate: flat },
        { baseline: flat, candidate: flat },
        { baseline: flat, candidate: flat },
      ],
      QUANTUM,
    );
    expect(evidence.differences).toEqual([0, 0, 0]);
    const judgement = judgeLook(evidence, rules(16));
    expect(interval(judgement.estimate, 0.95).upper).toBeNear(
      (4.302652729696142 * QUANTUM) / 22_425 / Math.sqrt(3),
      1e-9,
    );
    expect(judgement.decision).toBe('pass');
    expect(judgeLook(evidence, rules(3)).decision).toBe('continue');
  });

  it('a linear leak fails, and no guard objects', () => {
    const judgement = judge(
      pairsWith(5, 300, (_, request) => 64 * request),
      32,
    );
    expect(judgement.decision).toBe('fail');
    expect(judgement.estimate.mean).toBeGreaterThan(55);
    expect(judgement.estimate.mean).toBeLessThan(73);
  });

  it('a cache that fills towards a plateau is not a leak, and the plateau is projected', () => {
    const judgement = judge(pairsWith(5, 300, fill(25e6, 100)), 16);
    expect(judgement.decision).toBe('continue');
    const { objection } = judgement;
    expect(objection?.code).toBe('FILL');
    const plateau = objection?.code === 'FILL' ? objection.plateau : undefined;
    expect(plateau?.amplitude).toBeGreaterThan(24e6);
    expect(plateau?.amplitude).toBeLessThan(26e6);
    expect((plateau?.timeConstant ?? 0) / 75).toBeCloseTo(100, -1);
    expect(plateau?.remaining).toBeLessThan(2e6);
  });

  it('a fill that is over has settled', () => {
    const judgement = judge(pairsWith(5, 300, fill(25e6, 25)), 32);
    expect(judgement.decision).toBe('pass');
    expect(judgement.settled).toBe(true);
  });

  it('a fill with a leak of the same size beside it still fails in a window of nine time constants', () => {
    expect(
      judge(
        pairsWith(5, 900, (second, request) => fill(25e6, 100)(second) + 64 * request),
        16,
      ).decision,
    ).toBe('fail');
  });

  it('one step per run at another second each time is a step, not a leak', () => {
    const judgement = judge(
      pairsWith(5, 300, (second, _, replicate) => (second >= 120 + 15 * replicate ? 18e6 : 0)),
      16,
    );
    expect(judgement.decision).toBe('continue');
    expect(judgement.objection).toMatchObject({ code: 'STEP', steps: 1 });
    expect((judgement.objection as { height: number }).height).toBeGreaterThan(17e6);
  });

  it('a step early in every run has settled', () => {
    const judgement = judge(
      pairsWith(5, 300, (second) => (second >= 90 ? 18e6 : 0)),
      32,
    );
    expect(judgement.decision).toBe('pass');
    expect(judgement.settled).toBe(true);
  });

  it('a step on top of a leak fails on the leak', () => {
    const judgement = judge(
      pairsWith(5, 300, (second, request) => (second >= 90 ? 18e6 : 0) + 64 * request),
      16,
    );
    expect(judgement.decision).toBe('fail');
    expect(judgement.estimate.mean).toBeGreaterThan(1000);
    expect(judgement.steadyGrowth).toBeCloseTo(64, -1);
  });

  it('a leak that begins late has a bend, and the hinge keeps the FAIL', () => {
    const judgement = judge(
      pairsWith(5, 300, (second, request) => (second >= 150 ? 512 * (request - 150 * 75) : 0)),
      16,
    );
    expect(judgement.decision).toBe('fail');
    expect(judgement.objection).toBeNull();
  });

  it('a leak that begins in the last third prevents a pass', () => {
    const judgement = judge(
      pairsWith(5, 300, (second, request) => (second >= 240 ? 128 * (request - 240 * 75) : 0)),
      32,
    );
    expect(judgement.upper).toBeLessThan(32);
    expect(judgement.objection).toMatchObject({ code: 'LATE', parts: 3 });
    expect(judgement.decision).toBe('continue');
  });

  it(
    'in traffic that goes through phases, a leak of the last alone blocks a pass, and one ' +
      'of the first does not settle',
    () => {
      const leakIn = (from: number, to: number) =>
        pairsWith(5, 300, (second) => 64 * 75 * (Math.min(Math.max(second, from), to) - from));
      const inPhases = (pairs: SeriesPair[]) =>
        judgeLook(gatherEvidence(pairs, QUANTUM), rules(32, { inPhases: true }));
      expect(inPhases(leakIn(180, 300))).toMatchObject({ decision: 'continue', objection: { code: 'LATE' } });
      expect(judge(leakIn(0, 180), 32)).toMatchObject({ decision: 'pass', settled: true });
      expect(inPhases(leakIn(0, 180))).toMatchObject({
        decision: 'continue',
        objection: { code: 'FILL' },
        settled: false,
      });
      expect(inPhases(pairsWith(5, 300, () => 0)).decision).toBe('pass');
      expect(inPhases(pairsWith(5, 300, (_, request) => 64 * request)).decision).toBe('fail');
    },
  );

  it('a sawtooth widens the floor instead of failing', () => {
    const cycle = (second: number, replicate: number) => 4e6 * (((second + 17 * replicate) % 55) / 55);
    const judgement = judge(
      pairsWith(3, 300, (second, _, replicate) => cycle(second, replicate)),
      16,
    );
    expect(judgement.decision).toBe('continue');
    expect(judgement.estimate.deviation).toBeGreaterThan(10);
  });

  it('growth without a confirmation does not fail if memory fell back before the window', () => {
    // Cycles of 200 s: the window of 100 s holds no fall, the minute before it holds one.
    const climbs = [30, 40, 50].map((fellAt) =>
      armSeries(160, (second) => 30e6 + 20e6 * (((second - fellAt + 200) % 200) / 200)),
    );
    const windowOf = ({ time, x, y }: ArmSeries): ArmSeries => ({
      time: Array.from(time).slice(60),
      x: Array.from(x).slice(60),
      y: Array.from(y).slice(60),
    });
    const measures = climbs.map((fromLoadStart) =>
      measurePair(
        { baseline: armSeries(100, () => 30e6), candidate: windowOf(fromLoadStart) },
        { baseline: null, candidate: fromLoadStart },
      ),
    );
    const evidence = poolEvidence(measures, QUANTUM);
    expect(judgeLook(evidence, rules(32)).decision).toBe('fail');
    expect(judgeLook(evidence, rules(32, { unconfirmed: true }))).toMatchObject({
      decision: 'continue',
      objection: { code: 'FELL-BACK' },
    });
    const straight = poolEvidence(
      pairsWith(3, 300, (_, request) => 256 * request).map((pair) =>
        measurePair(pair, { baseline: null, candidate: pair.candidate }),
      ),
      QUANTUM,
    );
    expect(judgeLook(straight, rules(32, { unconfirmed: true })).decision).toBe('fail');
  });
});
