import { describe, expect, it } from 'vitest';
import type { WordedVerdict } from '../../src/results/index.js';

import { recordingOf, serviceWith, trialWith, wordedVerdict, pattern } from './recordings.js';

const KIB = 1024;
const MIB = 2 ** 20;
const SECONDS = 330;
const PHASES = [
  { name: 'window', from: { time: 30, requests: 2_250 }, to: { time: SECONDS, requests: 24_750 } },
] as const;
type Memory = (share: number, requests: number) => number;

/**
 * What the candidate keeps beyond a flat baseline, by the share of the window that is over; each replicate a little
 * different.
 */
function verdictOf(memory: Memory, replicates = 3): WordedVerdict {
  const trials = Array.from({ length: replicates }, (_, i) =>
    (['baseline', 'candidate'] as const).map((arm) => {
      const kept = (second: number, requests: number): number =>
        4096 * (second % 2) +
        (arm === 'baseline' ? 0 : memory((second - 30) / (SECONDS - 30), requests) * (1 + i / 50));
      return trialWith(
        arm,
        i + 1,
        [
          serviceWith('waf', SECONDS, {
            unreclaimable_bytes: (second, requests) => 30 * MIB + Math.round(kept(second, requests) / 4096) * 4096,
          }),
        ],
        { phases: PHASES },
      );
    }),
  );
  return wordedVerdict(recordingOf(trials.flat()));
}
const waf = (verdict: WordedVerdict) => verdict.assessment.services.find(({ role }) => role === 'waf')!;
const detailOf = (verdict: WordedVerdict, name: string): string | undefined =>
  waf(verdict).guards.find((guard) => guard.name === name)?.sentence;

describe('shapes', () => {
  it('settled: passes, and says what was gained, that it stopped, and why the numbers are no contradiction', () => {
    const verdict = verdictOf((share) => 2 * MIB * (1 - Math.exp(-Math.max(0, share) * 14)));
    expect([verdict.outcome, waf(verdict).shape]).toEqual(['pass', 'settled']);
    expect(waf(verdict).bounds!.upper).toBeGreaterThan(waf(verdict).margin);
    expect(verdict.sentence).toMatch(
      pattern(
        /^waf passes because its growth has stopped\. The candidate gained /,
        /[12](\.\d+)? MiB more than the baseline, and has stopped growing: /,
        /\d+(\.\d+)? B per request in the first half of the window, [-\d.]+ /,
        /B per request in the second \(surely less than [\d.]+ B\)\. Over /,
        /the whole window the difference is .* \(95 % interval /,
      ),
    );
  });

  it('filling: the plateau, what is still to come, and when', () => {
    const verdict = verdictOf((share) => 25 * MIB * (1 - Math.exp(-Math.max(0, share) * 2)));
    expect([verdict.outcome, waf(verdict).shape]).toEqual(['inconclusive', 'filling']);
    expect(detailOf(verdict, 'FILL')).toMatch(
      pattern(
        /fill up to about 5\d(\.\d)? MiB\. That is about 2\d(\.\d)? MiB more /,
        /than at the start of the window; 3\.\d+ MiB still to come\. It is /,
        /95 % full about 3\d,\d{3} requests \(7\.\d minutes\) after the start of the window/,
      ),
    );
    expect(verdict.sentence).toContain('growth slows down');
  });

  it('step: its size', () => {
    const verdict = verdictOf((share) => (share > 0.55 ? 12 * MIB : 0));
    expect([verdict.outcome, waf(verdict).shape]).toEqual(['inconclusive', 'step']);
    expect(detailOf(verdict, 'STEP')).toMatch(/^One step of about 12(\.\d)? MiB explains the growth\./);
    expect(verdict.advice).toContain('Find out what happens at the step');
  });

  it('late onset: what the end alone grows by', () => {
    const verdict = verdictOf((share) => Math.max(0, share - 0.75) * 4 * 300 * KIB, 8);
    expect(waf(verdict).shape).toBe('late-onset');
    expect(detailOf(verdict, 'LATE')).toMatch(
      pattern(
        /^In the last third of the window it grows by \d+(\.\d+)? B per request, /,
        /over the whole window by \d+(\.\d+)? B per request\.$/,
      ),
    );
  });

  it('sawtooth: its period, and that a window of many periods is long enough', () => {
    const verdict = verdictOf((share) => ((Math.max(0, share) * 12) % 1) * 6 * MIB);
    expect(waf(verdict).sawtooth).toMatchObject({ arm: 'candidate', enough: true });
    expect(waf(verdict).sawtooth!.period.seconds).toBeGreaterThan(20);
    expect(waf(verdict).sawtooth!.period.seconds).toBeLessThan(32);
    expect(detailOf(verdict, 'SAWTOOTH')).toMatch(/about 1\d times in the window, every [12],\d{3} requests/);
    expect(detailOf(verdict, 'SAWTOOTH')).toContain('long enough');
  });
});

describe('an open verdict says what would settle it, with numbers', () => {
  const open = (perRequest: number, spread: number, replicates = 8): WordedVerdict => {
    const trials = Array.from({ length: replicates }, (_, i) =>
      (['baseline', 'candidate'] as const).map((arm) => {
        const growth = arm === 'baseline' ? 0 : perRequest + (i % 2 === 0 ? spread : -spread);
        return trialWith(
          arm,
          i + 1,
          [serviceWith('waf', SECONDS, { unreclaimable_bytes: (_, requests) => 30 * MIB + growth * requests })],
          { phases: PHASES },
        );
      }),
    );
    return wordedVerdict(recordingOf(trials.flat()));
  };

  it('more replicates and longer windows, when the plan is used up', () => {
    const { outcome, assessment, advice } = open(22, 14);
    expect([outcome, assessment.nextLook]).toEqual(['inconclusive', null]);
    expect(advice).toMatch(
      pattern(
        /^About \d+ more replicates? of the same length \(\d+ minutes\) would /,
        /decide, if they vary like these\. Windows of about \d\d,\d00 requests /,
        /\([\d.]+ minutes at 75 requests\/s\), or as many requests in the /,
        /same time \(\d+ requests\/s\) would probably decide\.$/,
      ),
    );
  });

  it('that the margin itself is the question, where neither would do', () => {
    expect(open(31.9, 20).advice).toMatch(
      /^The difference is very near the margin\. .* Decide whether 31\.9 B per request more is acceptable/,
    );
  });

  it('how many are missing, where there is one', () => {
    expect(open(0, 0, 1).advice).toMatch(/^Run 2 more replicates as planned \(about \d+ minutes\)\.$/);
  });
});
