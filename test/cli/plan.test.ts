import { describe, expect, it, test } from 'vitest';
import { measuredNoise, typicalNoise } from '../../src/planning/noise.js';
import { planScenario } from '../../src/planning/plan-scenario.js';
import { planTable } from '../../src/planning/render.js';
import { sensitivityOf } from '../../src/planning/sensitivity.js';
import { duration } from '../../src/planning/words.js';
import { parseGrowth } from '../../src/cli/quantities.js';
import { loadScenario } from '../../src/scenario/index.js';
import { deviationAt, NOISE_BY_LENGTH, TYPICAL_NOISE } from '../../src/procedure/noise-table.js';

const scenario = await loadScenario('scenarios/modsecurity-crs/upgrade.yaml');
const noise = typicalNoise();

describe('the noise', () => {
  it('goes through its points and falls between and after them', () => {
    for (const table of [TYPICAL_NOISE, NOISE_BY_LENGTH]) {
      for (const { seconds, deviation } of table) expect(deviationAt(table, seconds)).toBeCloseTo(deviation, 9);
      const along = [40, 60, 90, 120, 200, 300, 600, 900, 3600].map((seconds) => deviationAt(table, seconds));
      expect(along).toEqual([...along].sort((a, b) => b - a));
    }
  });

  it('measured at one length, it is scaled to other lengths', () => {
    const half = measuredNoise([{ seconds: 120, deviation: 4.8 }], 'here');
    expect([half.at(120), half.at(60), half.at(900)]).toEqual(
      [4.8, 15.9 / 2, 3.8 / 2].map((value) => expect.closeTo(value, 6)),
    );
  });

  it('there is no noise without points', () => {
    expect(() => deviationAt([], 60)).toThrow(RangeError);
  });
});

describe('a plan', () => {
  // Section 5a of the method, by simulation: margin 16, leak 32, windows of 120 s, looks at 3, 5, 8: found in 77 of
  // 100.
  it('agrees with the simulated power of the preset gate', () => {
    const at16 = { ...scenario, gate: { ...scenario.gate, marginBytesPerRequest: 16 } };
    expect(
      sensitivityOf(at16, measuredNoise([{ seconds: 120, deviation: 9.6 }], 'as simulated')).at(-1)?.detectable,
    ).toBeCloseTo(32, -0.5);
  });

  it('shows the scenario and every preset if there is no question', () => {
    const { rows } = planScenario(scenario, noise, null);
    expect([...new Set(rows.map(({ name }) => name))]).toEqual([
      'as it is',
      'instant',
      'quick',
      'gate',
      'standard',
      'soak',
    ]);
    expect(planTable(rows).split('\n')).toHaveLength(rows.length + 1);
  });

  it('never takes longer than allowed, and more time never finds less', () => {
    const best = [10, 20, 40, 80].map((minutes) => {
      const { rows } = planScenario(scenario, noise, { time: minutes * 60 });
      for (const row of rows) expect(row.seconds).toBeLessThanOrEqual(minutes * 60);
      return rows[0]?.detectable ?? Number.NaN;
    });
    expect(best).toEqual([...best].sort((a, b) => b - a));
    expect(planScenario(scenario, noise, { time: 60 }).rows).toEqual([]);
  });

  it('finds the requested difference, no later than longer designs', () => {
    const { rows, lowered } = planScenario(scenario, noise, { detect: 64 });
    expect(lowered).toBeNull();
    for (const row of rows) expect(row.detectable).toBeLessThanOrEqual(64);
    expect(rows[0]?.seconds).toBe(Math.min(...rows.map(({ seconds }) => seconds)));
  });

  it('lowers the margin for a difference that the margin would accept', () => {
    expect(planScenario(scenario, noise, { detect: 8 })).toMatchObject({ margin: 4, lowered: 32 });
  });

  it('needs twice the rounds if arms run one at a time', () => {
    const interleaved = { ...scenario, experiment: { ...scenario.experiment, order: 'interleaved' as const } };
    expect(sensitivityOf(interleaved, noise)[0]?.seconds).toBe(2 * (sensitivityOf(scenario, noise)[0]?.seconds ?? 0));
  });
});

test.each([
  [40, '40 s'],
  [95, '95 s'],
  [147, '2 min'],
  [594, '10 min'],
  [120, '2 min'],
  [1800, '30 min'],
  [6000, '1 h 40 min'],
  [7200, '2 h'],
  [259_200, '3 days'],
])('%i seconds are %s', (seconds, words) => {
  expect(duration(seconds)).toBe(words);
});

test.each([
  ['8B', 8],
  ['8 B/request', 8],
  ['1KiB/req', 1024],
])('--detect %s', (text, bytes) => {
  expect(parseGrowth('--detect', text)).toBe(bytes);
  expect(() => parseGrowth('--detect', 'eight')).toThrow('not a growth');
});
