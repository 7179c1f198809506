import { describe, expect, it } from 'vitest';
import { recordingOf, serviceWith, trialWith, wordedVerdict } from '../verdict/recordings.js';

const WINDOW = { name: 'window', from: { time: 20, requests: 1_500 }, to: { time: 320, requests: 24_000 } } as const;

interface Setting {
  /** Bytes per request in the candidate. */
  readonly leak: number;
  /** Megabytes that the candidate gives back at once, and the second of each replicate at which it does. */
  readonly given?: number;
  readonly at?: readonly number[];
  /** Megabytes that it gives back already at 120 s. */
  readonly before?: number;
}

function verdictOn({ leak, given = 0, at = [270, 270, 270, 270, 270], before = 0 }: Setting) {
  const waf = (replicate: number, slope: number, megabytes: number) =>
    serviceWith('waf', 330, {
      unreclaimable_bytes: (second, requests) => {
        const step = second > 90 + 20 * replicate ? 32_768 : 0;
        const early = slope > 0 && second >= 120 ? before : 0;
        const fallen = (early + (second >= at[replicate - 1]! ? megabytes : 0)) * 1e6;
        // Ordinary noise of both arms: up to two pages.
        const noise = 4096 * ((second * 7919 + replicate * 104_729 + slope) % 3);
        return Math.round((60e6 + step + slope * requests - fallen + noise) / 4096) * 4096;
      },
    });
  const trials = at.flatMap((_, i) => [
    trialWith('baseline', i + 1, [waf(i + 1, 0, 0)], { phases: [WINDOW] }),
    trialWith('candidate', i + 1, [waf(i + 1, leak, given)], { phases: [WINDOW] }),
  ]);
  return wordedVerdict(recordingOf(trials));
}

describe('memory that is given back at once', () => {
  it.each([
    ['3 MB', { given: 3 }],
    ['3 MB at another second in each replicate', { given: 3, at: [262, 275, 290, 268, 281] }],
    ['12 MB', { given: 12 }],
    ['0.5 MB, and 1.2 MB later', { given: 1.2, before: 0.5 }],
    ['6 MB in the middle', { given: 6, at: [170, 170, 170, 170, 170] }],
  ])('does not hide a leak beside it: %s', (_, fall) => {
    expect(verdictOn({ leak: 64 }).outcome).toBe('fail');
    expect(verdictOn({ leak: 64, ...fall }).outcome).not.toBe('pass');
  });

  it('is named with its size and the growth beside it', () => {
    const { outcome, assessment } = verdictOn({ leak: 64, given: 3 });
    expect(outcome).toBe('inconclusive');
    const masked = assessment.services[0]?.guards.find(({ code }) => code === 'masked-by-drop');
    expect(masked?.sentence).toMatch(/^During the window the difference fell by 2\.86 MiB at once:/);
    expect(masked?.sentence).toMatch(/it grows by about 6\d(\.\d+)? B/);
  });

  it.each([1, 3, 12, 25])('is no reason against a PASS if nothing grows beside it: %d MB', (given) => {
    expect(verdictOn({ leak: 0, given }).outcome).toBe('pass');
  });
});
