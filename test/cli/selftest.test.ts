import { describe, expect, it, test } from 'vitest';
import { controlResult, CONTROLS, injectedGrowth, mallocCost } from '../../src/run/selftest.js';
import type { Outcome } from '../../src/model/index.js';
import type { Estimate, Result } from '../../src/results/index.js';
import { loadScenario } from '../../src/scenario/index.js';

const [LEAK = '', SOUND = ''] = CONTROLS;

test.each([
  [0, 0],
  [1, 32],
  [16, 32],
  [24, 32],
  [25, 48],
  [64, 80],
  [256, 272],
])('malloc(%i) costs %i bytes', (bytes, cost) => {
  expect(mallocCost(bytes)).toBe(cost);
});

test('one control adds 272 bytes and must fail, the other adds nothing and must pass', async () => {
  const scenarios = await Promise.all([LEAK, SOUND].map(loadScenario));
  expect(scenarios.map(injectedGrowth)).toEqual([272, 0]);
  expect(scenarios.map(({ expect: due }) => due)).toEqual(['fail', 'same']);
});

describe('a control', () => {
  async function resultOf(file: string, outcome: Outcome, difference: Partial<Estimate> | null): Promise<Result> {
    const estimate = difference && { value: 0, lower: -9, upper: 9, confidence: 0.95, ...difference };
    const services = [{ judged: true, metric: 'unreclaimable_bytes', difference: estimate }];
    return {
      manifest: { scenario: await loadScenario(file) },
      verdict: { outcome, sentence: 'So it was.', assessment: { services } },
    } as unknown as Result;
  }

  it.each<[string, string, Outcome, Partial<Estimate> | null, boolean, string]>([
    [
      'that fails by what was put in',
      LEAK,
      'fail',
      { value: 270, lower: 261, upper: 279 },
      true,
      'FAIL as it must be: 272 B/request were put in, 270.0 B/request [261.0, 279.0] measured.',
    ],
    ['that passes with nothing put in', SOUND, 'pass', { value: 1 }, true, 'PASS as it must be'],
    ['whose leak is not seen', LEAK, 'pass', { value: 1 }, false, 'PASS instead of FAIL'],
    ['whose false alarm is raised', SOUND, 'fail', { value: 80, lower: 60, upper: 100 }, false, 'FAIL instead of PASS'],
    [
      'that cannot decide',
      SOUND,
      'inconclusive',
      null,
      false,
      'INCONCLUSIVE instead of PASS (0 B/request were put in, nothing measured). So it was.',
    ],
    [
      'that fails by another growth',
      LEAK,
      'fail',
      { value: 140, lower: 131, upper: 149 },
      false,
      'FAIL, but the measured growth is not the growth that was put in',
    ],
  ])('%s', async (_, file, outcome, difference, ok, sentence) => {
    const control = controlResult(await resultOf(file, outcome, difference));
    expect(control.ok).toBe(ok);
    expect(control.sentence).toContain(sentence);
  });
});
