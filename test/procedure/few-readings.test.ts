import { describe, expect, test } from 'vitest';
import { leak, none, onset, stepAt, type Growth } from '../../bench/statistics/generator/growth.js';
import { NOISE, type NoiseName } from '../../bench/statistics/generator/noise-kinds.js';
import { drawPair } from '../../bench/statistics/generator/pair.js';
import { randomFrom, seedOf } from '../../bench/statistics/generator/random.js';
import { gatherEvidence } from '../../src/statistics/estimators/growth-evidence.js';
import type { ArmSeries } from '../../src/statistics/estimators/pair-measure.js';
import { FEWEST_JUDGED, FEWEST_POINTS } from '../../src/statistics/method.js';
import { judgeLook, type LookJudgement } from '../../src/procedure/judge-look.js';
import { QUANTUM, RATE, rules } from '../statistics/series.js';

/** Seconds between readings, as many monitors have it. */
const EVERY = 15;
const NOISES = Object.keys(NOISE) as NoiseName[];

function everySo({ time, x, y }: ArmSeries): ArmSeries {
  const pick = (values: ArmSeries['x']): Float64Array =>
    Float64Array.from(values).filter((_, i) => i % EVERY === EVERY - 1);
  return { time: pick(time), x: pick(x), y: pick(y) };
}

/** Three replicates with so many readings in the window, judged as recorded series are. */
function judged(noise: NoiseName, growth: Growth, readings: number, draw: number): LookJudgement {
  const random = randomFrom(seedOf('few', noise, readings, draw));
  const service = { baseline: noise, candidate: noise, growth };
  const pairs = [0, 1, 2].map(() => {
    const { baseline, candidate } = drawPair(service, { rate: RATE, warmup: 60, window: EVERY * readings }, random);
    return { baseline: baseline && everySo(baseline), candidate: candidate && everySo(candidate) };
  });
  return judgeLook(gatherEvidence(pairs, QUANTUM), rules(32, { unconfirmed: true }));
}

const COUNTS = Array.from({ length: FEWEST_POINTS - FEWEST_JUDGED }, (_, i) => FEWEST_JUDGED + i);

describe(`windows of ${FEWEST_JUDGED} to ${FEWEST_POINTS - 1} readings`, () => {
  test('equal pairs of each kind of noise: no PASS, and no more FAILs than alpha allows', { timeout: 120_000 }, () => {
    const decisions = NOISES.flatMap((noise) =>
      COUNTS.flatMap((readings) =>
        Array.from({ length: 10 }, (_, draw) => judged(noise, none, readings, draw).decision),
      ),
    );
    expect(decisions.length).toBeGreaterThanOrEqual(2_000);
    expect(decisions).not.toContain('pass');
    const share = decisions.filter((decision) => decision === 'fail').length / decisions.length;
    expect(share).toBeLessThanOrEqual(0.005);
  });

  test('a large steady leak is a FAIL from the fewest readings on', () => {
    const decisions = [FEWEST_JUDGED, 20].flatMap((readings) =>
      Array.from({ length: 20 }, (_, draw) => judged('plain', leak(5_000), readings, draw).decision),
    );
    expect(new Set(decisions)).toEqual(new Set(['fail']));
  });

  test.each([
    ['a step', stepAt(0.5, 200e6)],
    ['a leak that begins late', onset(150, 5_000)],
  ])('%s is no FAIL, and an objection says why', (_, growth) => {
    for (let draw = 0; draw < 20; draw += 1) {
      const { decision, objection } = judged('plain', growth, 20, draw);
      expect(decision).toBe('continue');
      expect(objection).not.toBeNull();
    }
  });

  test('no difference: the shortage itself is the objection, and says how long a window must be', () => {
    const { objection } = judged('flat', none, 20, 1);
    expect(objection).toEqual({ code: 'FEW', readings: 20, needed: RATE * EVERY * (FEWEST_POINTS - 1) });
  });
});
