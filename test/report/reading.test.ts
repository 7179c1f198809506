import { describe, expect, it } from 'vitest';
import type { Result, WordedService } from '../../src/results/index.js';
import { durationRange } from '../../src/words/numbers.js';
import { REPORTERS, renderTerminal } from '../../src/report/index.js';
import { failing, passing, tell, undecided } from './fixtures.js';

const page = (result: Result): string => REPORTERS.get('html')!(result).contents;
const markdown = (result: Result): string => REPORTERS.get('markdown')!(result).contents;
const terminal = (result: Result): string => renderTerminal(result, { colour: false, width: 1000 });

function change(
  result: Result,
  role: string,
  changes: Partial<WordedService>,
  more: readonly WordedService[] = [],
): Result {
  const services = result.verdict.assessment.services.map((service) =>
    service.role === role ? { ...service, ...changes } : service,
  );
  return {
    ...result,
    verdict: { ...result.verdict, assessment: { ...result.verdict.assessment, services: [...services, ...more] } },
  };
}
const wafOf = (result: Result): WordedService => result.verdict.assessment.services.find(({ role }) => role === 'waf')!;

describe('a range of time', () => {
  it.each([
    [310, 380, '5.2 to 6.3 minutes'],
    [2_090, 2_100, 'about 35 minutes'],
    [4_300, 6_900, '1.2 to 1.9 hours'],
    [1_800, 30_000, '30 minutes to 8.3 hours'],
    [40, 80, '40 to 80 seconds'],
    [3.2e7, Infinity, '370 days to more than 200 years'],
    [Infinity, Infinity, 'more than 200 years'],
  ])('%d to %d seconds', (from, to, text) => expect(durationRange(from, to)).toBe(text));
});

describe('every report', () => {
  it('prints the smallest difference the run could have detected, or that it is not known', () => {
    for (const story of [failing, passing, undecided])
      for (const text of [markdown(story()), terminal(story())])
        expect(text).toMatch(/Smallest difference this run could have detected \(4 times in 5\): [\d.]+ B per request/);
    const single = tell({ story: { replicates: 1 } });
    for (const text of [markdown(single), terminal(single)])
      expect(text).toContain('not known (it takes at least 2 replicates)');
  });

  it('writes one number in one way', () => {
    const result = change(failing(), 'waf', {
      difference: { value: 7_966, lower: 7_256, upper: 8_677, confidence: 0.95 },
    });
    for (const text of [page(result), markdown(result), terminal(result)]) {
      expect(text).toContain('8.0 KB');
      expect(text.replace(/<script.*?<\/script>/gs, '')).not.toMatch(/7\.97 KB/);
    }
  });
});

describe('a pass of growth that has settled', () => {
  it('says so beside the numbers that seem to contradict it', () => {
    const result = passing();
    const settled = change(result, 'waf', {
      shape: 'settled',
      difference: { value: 30, lower: 20, upper: 40, confidence: 0.95 },
      guards: [{ name: 'SETTLED', code: 'settled', facts: {}, sentence: 'The candidate gained 1.4 MiB more.' }],
    });
    expect(page(settled)).toContain('it has stopped growing');
    expect(page(settled)).toContain('it passes because the growth has stopped');
    expect(page(settled)).toContain('<strong>Settled</strong>: The candidate gained 1.4 MiB');
    expect(page(result)).not.toContain('has stopped growing');
  });
});

describe('the table of services', () => {
  it('has a separate table for counts per 1,000 requests, unless they fail', () => {
    const result = failing();
    const counted: WordedService = {
      ...wafOf(result),
      metric: 'fds',
      unit: 'fds/request',
      judged: false,
      outcome: 'pass',
      difference: { value: 0.0001, lower: -0.0034, upper: 0.0036, confidence: 0.95 },
      margin: 0.001,
    };
    const watched = page(change(result, 'waf', {}, [counted]));
    expect(watched).toMatch(/Also counted.*waf, open descriptors<\/a>.*0\.1 \(-3\.4 to 3\.6\)<\/td>/s);
    const leaking = page(change(result, 'waf', {}, [{ ...counted, judged: true, outcome: 'fail' }]));
    expect(leaking).not.toContain('Also counted');
    expect(leaking).toMatch(/waf, open descriptors<\/a><\/th><td data-title="Verdict">/);
  });

  it('has intervals on a line of their own, and column titles in the cells for narrow screens', () => {
    expect(page(failing())).toMatch(
      /<td class="number" data-title="Difference">5\.220 KB<span class="below">5\.206 to 5\.235 KB<\/span><\/td>/,
    );
  });
});

describe('the longer pair', () => {
  const result = failing();
  const confirmed: Result = {
    ...change(result, 'waf', {
      confirmationStatus: 'confirmed',
      confirmation: [{ replicate: 1, baseline: 4, candidate: 5204, difference: 5200, requests: 27_000, seconds: 360 }],
    }),
    plots: [
      ...result.plots,
      ...result.plots
        .filter(({ replicate, role, metric }) => replicate === 1 && role === 'waf' && metric === 'unreclaimable_bytes')
        .map((series) => ({ ...series, purpose: 'confirmation' as const })),
    ],
  };

  it('is a separate picture', () => {
    expect(page(confirmed)).toMatch(
      /Confirmation, a longer fresh pair<\/h4>.*5\.2 KB per request more in 27,000 requests.*Longer pair 1/s,
    );
    expect([...page(confirmed).matchAll(/<figcaption>Replicate 1/g)]).toHaveLength(
      [...page(result).matchAll(/<figcaption>Replicate 1/g)].length,
    );
    expect(page(result)).not.toContain('Longer pair');
  });

  it('says what it showed', () => {
    for (const text of [page(confirmed), markdown(confirmed), terminal(confirmed)])
      expect(text).toContain('confirmed the growth (27,000 requests in 6 minutes): 5.2 KB per request more.');
  });
});
