import { describe, expect, it } from 'vitest';
import { wordedVerdict, traceRecording, pattern } from './recordings.js';

/** Real series of real containers: what slopegate is for. */
const verdictOn = (pairs: readonly (readonly [string, string])[], warmupSeconds: number = 60) =>
  wordedVerdict(traceRecording(pairs, { experiment: { warmup: { requests: 0, seconds: warmupSeconds } } }), {
    singleLook: true,
  });
const serviceOf = (verdict: ReturnType<typeof verdictOn>, metric: string) =>
  verdict.assessment.services.find((service) => service.metric === metric);
const kinds = (verdict: ReturnType<typeof verdictOn>) => verdict.assessment.findings.map(({ kind }) => kind);

describe('recorded series', () => {
  it('the same image twice passes', () => {
    const verdict = verdictOn([
      ['nginx-3.0.9-a', 'nginx-3.0.9-b'],
      ['nginx-3.0.9-b', 'nginx-3.0.9-a'],
    ]);
    expect(verdict.outcome).toBe('pass');
    expect(verdict.next).toBe('stop');
    expect(kinds(verdict)).toEqual([]);
    expect(serviceOf(verdict, 'anon_bytes')?.shape).toBe('flat');
  });

  it('a rollback to the version that leaks per XML document fails, by some 5,220 bytes per request', () => {
    const verdict = verdictOn(
      [
        ['xml-valid-3.0.14-1', 'xml-valid-3.0.9-1'],
        ['xml-valid-3.0.14-2', 'xml-valid-3.0.9-2'],
      ],
      30,
    );
    expect(verdict.outcome).toBe('fail');
    expect(verdict.sentence).toBe(
      'waf grows faster in the candidate than in the baseline, by 5.19 KB of memory per request ' +
        '(95 % interval 4.76 to 5.62 KB, margin 32 B per request).',
    );
    const service = serviceOf(verdict, 'anon_bytes');
    expect(service?.shape).toBe('leak');
    expect(service?.growth.candidate?.value).toBeCloseTo(5222, -1);
    expect(Math.abs(service?.growth.baseline?.value ?? Number.NaN)).toBeLessThan(100);
  });

  it('the upgrade away from it passes and is called an improvement', () => {
    const verdict = verdictOn(
      [
        ['xml-valid-3.0.9-1', 'xml-valid-3.0.14-1'],
        ['xml-valid-3.0.9-2', 'xml-valid-3.0.14-2'],
      ],
      30,
    );
    expect(verdict.outcome).toBe('pass');
    expect(kinds(verdict)).toContain('improvement');
    expect(verdict.sentence).toContain(
      'waf improved: it grows slower in the candidate than in the baseline, by 5.19 KB of memory per request',
    );
  });

  it('a cache that fills does not fail', () => {
    for (const warmup of [30, 60, 100]) {
      const verdict = verdictOn(
        [
          ['nginx-3.0.9-a', 'look-filling-cache'],
          ['nginx-3.0.9-b', 'look-filling-cache'],
        ],
        warmup,
      );
      expect(verdict.outcome).toBe('inconclusive');
      expect(serviceOf(verdict, 'anon_bytes')?.shape).toBe('filling');
      expect(verdict.sentence).toMatch(
        pattern(
          /slows down.* fill up to about \d\d(\.\d)? MiB\..* [\d.]+ MiB more /,
          /than at the start of the window; [\d.]+ [MK]iB still to come\. It /,
          /is 95 % full about [\d,]+ requests \([\d.]+ (minutes|seconds)\) /,
          /after the start of the window/,
        ),
      );
      expect(verdict.advice).toMatch(
        pattern(
          /longer warm-up.* \([\d,]+ requests \([\d.]+ minutes at \d\d requests\/s\)\), /,
          /or a longer window \([\d,]+ requests/,
        ),
      );
    }
  });

  it('a sawtooth is undecided, and the sentence says that the window is too short for it', () => {
    const verdict = verdictOn([
      ['nginx-3.0.9-a', 'look-sawtooth'],
      ['nginx-3.0.9-b', 'look-sawtooth'],
    ]);
    expect(verdict.outcome).toBe('inconclusive');
    expect(serviceOf(verdict, 'anon_bytes')?.shape).toBe('sawtooth');
    expect(verdict.sentence).toMatch(
      pattern(
        /In the candidate memory rises and falls again and again: it falls by up /,
        /to 1\d(\.\d)? MiB, to about \d\d(\.\d)? MiB, about \d times in the /,
        /window, every [\d,]+ requests \(\d\d seconds\)\. The window is too /,
        /short/,
      ),
    );
    expect(serviceOf(verdict, 'anon_bytes')?.sawtooth).toMatchObject({ arm: 'candidate', enough: false });
    expect(verdict.advice).toMatch(/Use a window with 6 of these falls, about [\d,]+ requests/);
    expect(kinds(verdict)).not.toContain('level-shift');
  });

  it('a descriptor leak fails although memory passes', () => {
    const verdict = verdictOn([
      ['nginx-3.0.9-a', 'look-descriptor-leak'],
      ['nginx-3.0.9-b', 'look-descriptor-leak'],
    ]);
    expect(serviceOf(verdict, 'anon_bytes')?.outcome).toBe('pass');
    expect(verdict.outcome).toBe('fail');
    expect(kinds(verdict)).toContain('descriptors-grow');
    expect(verdict.sentence).toMatch(
      /^open descriptors of waf grow faster .*, by 48\.6 descriptors per 1,000 requests/,
    );
  });

  it('256 bytes kept per request are found as 272 on top of a runtime that grows anyway', () => {
    const verdict = verdictOn([
      ['lua-leak0', 'lua-leak256'],
      ['lua-leak0', 'lua-leak256'],
    ]);
    expect(verdict.outcome).toBe('fail');
    const { difference } = serviceOf(verdict, 'anon_bytes')!;
    expect(difference!.lower).toBeLessThan(272);
    expect(difference!.upper).toBeGreaterThan(272);
  });

  it('one replicate never decides, however plain the growth', () => {
    const verdict = verdictOn([['xml-valid-3.0.14-1', 'xml-valid-3.0.9-1']], 30);
    expect(verdict.outcome).toBe('inconclusive');
    expect(verdict.advice).toContain('At least 2 replicates');
  });
});
