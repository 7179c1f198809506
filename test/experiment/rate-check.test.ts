import { describe, expect, it } from 'vitest';
import { planExperiment } from '../../src/experiment/index.js';
import { rateCheck } from '../../src/experiment/rate-check.js';
import type { ExperimentSettings, Scenario, SlopegateError } from '../../src/model/index.js';
import { SETTINGS } from './fakes.js';

const scenario = { identity: { paceTolerance: 0.05 } } as Scenario;

function rateErrors(behind: readonly number[], changes: Partial<ExperimentSettings> = {}): SlopegateError[] {
  const failed: SlopegateError[] = [];
  const [round] = planExperiment({ ...SETTINGS, warmup: { requests: 0, seconds: 60 }, ...changes }, 100).rounds;
  const warm = rateCheck({ round: round!, rate: 100, scenario, fail: (error) => failed.push(error) });
  for (const one of behind) warm(one);
  return failed;
}

describe('a rate that the host does not keep', () => {
  it('ends the run after the first warm-up, and names the rate that was kept and a safe rate', () => {
    const [error, ...more] = rateErrors([60, 30]);
    expect(more).toEqual([]);
    expect(error).toMatchObject({
      code: 'RATE_TOO_HIGH',
      exitCode: 4,
      message: expect.stringContaining('both versions was 30 s behind'),
      hint: expect.stringMatching(/About 50 requests\/s were kept\. State traffic\.rate: 30\/s/),
    });
  });

  it.each([
    ['one arm alone', [60, 0]],
    ['a little', [5.9, 60]],
    ['nobody is', [0, 0]],
    ['one is not warm yet', [60]],
  ])('%s behind: the run goes on', (_, behind) => {
    expect(rateErrors(behind)).toEqual([]);
  });

  it('a short warm-up may be 3 s behind', () => {
    expect(rateErrors([3, 3], { warmup: { requests: 0, seconds: 5 } })).toEqual([]);
    expect(rateErrors([3.1, 3.1], { warmup: { requests: 0, seconds: 5 } })).toHaveLength(1);
  });

  it('interleaved: the first trial decides, and is named', () => {
    expect(rateErrors([60], { order: 'interleaved' })[0]?.message).toContain(
      'the load of the baseline was 60 s behind',
    );
  });
});
