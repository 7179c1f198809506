import { describe, expect, it } from 'vitest';
import { buildResult, REPORTERS, renderTerminal } from '../../src/report/index.js';
import { assess, judge } from '../../src/verdict/index.js';
import { recordingOf, serviceWith, trialWith } from './recordings.js';

const MIB = 2 ** 20;
const WINDOW = { name: 'window', from: { time: 30, requests: 2_250 }, to: { time: 330, requests: 24_750 } } as const;

/** Five replicates in which the candidate gains 200 MiB until half time, and then nothing. */
const trials = [1, 2, 3, 4, 5].flatMap((run) =>
  (['baseline', 'candidate'] as const).map((arm) => {
    const memory = (second: number): number => {
      const share = Math.min(1, Math.max(0, (second - 30) / 150));
      const gained = arm === 'baseline' ? 0 : 200 * MIB * share * (1 + run / 100);
      return Math.round((30 * MIB + gained + (run + (second % 2)) * 4096) / 4096) * 4096;
    };
    return trialWith(arm, run, [serviceWith('waf', 330, { unreclaimable_bytes: memory })], { phases: [WINDOW] });
  }),
);
const production = { ratePerSecond: 200, headroomBytes: 2 ** 30, surviveSeconds: 86_400 };
const recording = recordingOf(trials, { gate: { production } });
const result = buildResult(recording, judge(assess(recording)), '1');
const { verdict } = result;

describe('a PASS of growth that has stopped', () => {
  it('says what was gained, and that it has stopped', () => {
    expect([verdict.outcome, verdict.assessment.services[0]?.shape]).toEqual(['pass', 'settled']);
    expect(verdict.sentence).toMatch(/^waf passes because its growth has stopped\. The candidate gained 20\d MiB more/);
    expect(verdict.said[0]?.code).toBe('growth-settled');
    expect(verdict.assessment.services[0]?.guards.map(({ name }) => name)).toEqual(['SETTLED']);
  });

  it('asks whether what was gained is acceptable', () => {
    expect(verdict.advice).toMatch(/^If the 20\d MiB that waf gained are acceptable, /);
  });

  it('says nowhere that memory runs out, or that it stays within the margin', () => {
    const texts = [
      renderTerminal(result, { colour: false, width: 1000 }),
      REPORTERS.get('markdown')!(result).contents,
      REPORTERS.get('html')!(result).contents.replace(/<script.*?<\/script>/gs, ''),
    ];
    for (const text of texts) expect(text).not.toMatch(/ fills |That fills|stays? within the margin|cache that fills/);
  });
});
