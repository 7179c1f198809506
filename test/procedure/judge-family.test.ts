import { describe, expect, it } from 'vitest';
import { gatherEvidence } from '../../src/statistics/estimators/growth-evidence.js';
import type { SeriesPair } from '../../src/statistics/estimators/pair-measure.js';
import { judgeFamily } from '../../src/procedure/judge-family.js';
import { pairsWith, QUANTUM } from '../statistics/series.js';

const LOOKS = [
  { replicates: 3, weight: 0.2 },
  { replicates: 5, weight: 0.3 },
  { replicates: 8, weight: 0.5 },
];
const ALPHAS = { fail: 0.01, family: 0.05, pass: 0.05, guard: 0.05 };

const member = (pairs: SeriesPair[], margin: number = 32) => ({
  margin,
  unconfirmed: false,
  evidenceAt: (look: { replicates: number }) => gatherEvidence(pairs.slice(0, look.replicates), QUANTUM),
});
const quiet = (seed: number) => member(pairsWith(8, 300, () => 0, seed));

describe('a stack of services', () => {
  it('passes when every service has passed', () => {
    const judged = judgeFamily([quiet(1), quiet(2), quiet(3), quiet(4)], LOOKS, ALPHAS);
    expect(judged.map((service) => service.decision)).toEqual(['pass', 'pass', 'pass', 'pass']);
  });

  it('fails on the one service that leaks', () => {
    const judged = judgeFamily(
      [quiet(1), member(pairsWith(8, 300, (_, request) => 256 * request)), quiet(3)],
      LOOKS,
      ALPHAS,
    );
    expect(judged.map((service) => service.decision)).toEqual(['continue', 'fail', 'pass']);
    expect(judged[1]?.adjustedP).toBeLessThan(0.05);
  });

  it('keeps an early pass while another service needs more looks', () => {
    const wild = member(pairsWith(8, 300, (second, _, replicate) => (second > 150 ? (replicate % 2) * 2e6 : 0)));
    const judged = judgeFamily([quiet(3), wild], LOOKS, ALPHAS);
    expect(judged[0]).toMatchObject({ decision: 'pass', look: 0 });
    expect(judged[1]).toMatchObject({ decision: 'continue', look: 2 });
  });

  it('adding services never makes a fail easier', () => {
    const leaking = pairsWith(8, 300, (_, request) => 45 * request);
    const alone = judgeFamily([member(leaking)], LOOKS, ALPHAS)[0];
    const among = judgeFamily(
      [member(leaking), quiet(1), quiet(2), quiet(3), quiet(4), quiet(5), quiet(6)],
      LOOKS,
      ALPHAS,
    )[0];
    expect(among?.look).toBeGreaterThanOrEqual(alone?.look ?? 99);
  });
});
