import { describe, expect, it } from 'vitest';
import { feasibilityOf, infeasibleWords, latestEnd, timesWords } from '../../src/planning/feasibility.js';
import { typicalNoise } from '../../src/planning/noise.js';
import { loadScenario } from '../../src/scenario/index.js';

const scenario = await loadScenario('scenarios/modsecurity-crs/upgrade.yaml');
const withMargin = (marginBytesPerRequest: number) => ({
  ...scenario,
  gate: { ...scenario.gate, marginBytesPerRequest },
});

describe('what can be said about a run before it begins', () => {
  it('no warning if the design can pass at the margin', () => {
    const feasibility = feasibilityOf(withMargin(32), typicalNoise());
    expect(feasibility).toMatchObject({ feasible: true, instead: null });
    expect(infeasibleWords(feasibility)).toBeNull();
  });

  it('a warning below that margin, with the shortest preset that decides', () => {
    const { experiment } = scenario;
    const gate = { ...withMargin(4.1), experiment: { ...experiment, window: { requests: 9000, seconds: 120 } } };
    const feasibility = feasibilityOf(gate, typicalNoise());
    expect(feasibility.feasible).toBe(false);
    expect(feasibility.instead?.preset).toBe('standard');
    expect(infeasibleWords(feasibility)?.message).toMatch(/even two equal versions mostly end INCONCLUSIVE/);
    expect(infeasibleWords(feasibility)?.hint).toMatch(/the preset standard \(up to \d+ min\) can pass a margin of/);
  });

  it('a warning if requests repeat: nothing passes then, with any margin', () => {
    const repeated = { ...withMargin(1000), traffic: { ...scenario.traffic, repeat: 300 } };
    const feasibility = feasibilityOf(repeated, typicalNoise());
    expect(feasibility).toMatchObject({ feasible: false, passesFrom: Infinity, instead: { preset: 'quick' } });
    expect(infeasibleWords(feasibility)?.message).toContain('never in PASS');
    expect(infeasibleWords(feasibility)?.hint).toMatch(/the preset quick/);
    expect(infeasibleWords(feasibility)?.hint).not.toContain('larger margin');
  });

  it('says so if no preset decides', () => {
    const feasibility = feasibilityOf(withMargin(0.001), typicalNoise());
    expect(feasibility.instead).toBeNull();
    expect(infeasibleWords(feasibility)?.hint).toMatch(/no preset can decide with this margin/);
  });

  it('says how long it takes, and until when', () => {
    const feasibility = { ...feasibilityOf(scenario, typicalNoise()), looks: [600, 1020], confirmationSeconds: 420 };
    expect(timesWords(feasibility)).toBe('decides after 10 min or 17 min; confirming a FAIL takes 7 min more');
    expect(latestEnd(feasibility, new Date(2026, 10, 27, 22, 0))).toBe('22:24');
    expect(latestEnd(feasibility, new Date(2026, 10, 27, 23, 50))).toBe('00:14 on 2026-11-28');
  });
});
