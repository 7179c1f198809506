import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/model/index.js';
import type { Result } from '../../src/results/index.js';
import { REPORTERS, renderTerminal } from '../../src/report/index.js';
import { tell } from './fixtures.js';
import { parseXml } from './xml.js';

const names = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `service-${index + 1}-with-a-name-nobody-would-type`);
const growthOf = (count: number): Record<string, { baseline: number; candidate: number }> =>
  Object.fromEntries(names(count).map((name, index) => [name, { baseline: index, candidate: index * 40 }]));

function everywhere(result: Result): string {
  const page = REPORTERS.get('html')!(result).contents;
  parseXml(REPORTERS.get('junit')!(result).contents);
  const others = ['markdown', 'json'].map((format) => REPORTERS.get(format)!(result).contents);
  const terminal = renderTerminal(result, { colour: false, width: 80 });
  expect(terminal.split('\n').filter((line) => line.length > 80)).toEqual([]);
  const shown = page.replace(/<script>.*?<\/script>/s, '');
  for (const text of [shown, terminal, others[0] ?? ''])
    expect(text).not.toMatch(/\bNaN\b|\bundefined\b|\[object|Infinity/);
  return page;
}

/** Pictures with curves on one page. */
const plots = (page: string): number => [...page.matchAll(/data-kind="level"/g)].length;

describe('a report can be made', () => {
  it.each<Outcome>(['pass', 'fail', 'inconclusive', 'invalid'])('of the outcome %s', (outcome) => {
    expect(everywhere(tell({ outcome }))).toContain(`<p class="word">${outcome.toUpperCase()}</p>`);
  });

  it.each([1, 2, 5, 8])('of %i replicates', (replicates) => {
    // waf and origin, memory and descriptors, and the picture at the top
    expect(plots(everywhere(tell({ story: { replicates } })))).toBe(replicates * 4 + 1);
  });

  it('of one replicate, and says that nothing was measured between replicates', () => {
    const page = everywhere(tell({ story: { replicates: 1 } }));
    expect(page).toContain('an interval needs at least 2 replicates');
    expect(page).toContain('not measured');
  });

  it('of 16 services', () => {
    const page = everywhere(tell({ story: { growth: growthOf(16) } }));
    expect([...page.matchAll(/<article id="service-service-\d+-with/g)]).toHaveLength(16);
  });

  it('of growth per second', () => {
    const result = tell({ story: { axis: 'seconds' } });
    const services = result.verdict.assessment.services.map((service) => ({ ...service, unit: 'bytes/second' }));
    const page = everywhere({
      ...result,
      verdict: { ...result.verdict, assessment: { ...result.verdict.assessment, services } },
    });
    expect(page).toContain('seconds since the trial began');
    expect(page).not.toContain('requests answered</text>');
  });

  it('of a service that only one arm has', () => {
    const page = everywhere(
      tell({ story: { growth: { waf: { baseline: 0, candidate: 0 }, chaos: { baseline: null, candidate: 900 } } } }),
    );
    expect(page).toContain('This service does not exist in the baseline.');
    expect(page).toContain('(candidate only)');
  });

  it('without series, trace, host, trials or services', () => {
    const result = tell();
    const { manifest, verdict } = result;
    const bare: Result = {
      ...result,
      plots: [],
      trials: [],
      containers: { baseline: [], candidate: [] },
      manifest: { ...manifest, trace: null, host: null, endedAt: null, notes: [] },
    };
    expect(everywhere(bare)).toContain('No series of unreclaimable memory was recorded for waf.');
    everywhere({
      ...bare,
      verdict: {
        ...verdict,
        outcome: 'invalid',
        assessment: { ...verdict.assessment, services: [], validity: [], findings: [], decisions: [], replicates: 0 },
      },
    });
  });

  it('puts failing services first, and unjudged ones last', () => {
    const page = everywhere(
      tell({
        story: {
          growth: {
            calm: { baseline: 0, candidate: 0 },
            origin: { baseline: 0, candidate: 9000 },
            leaky: { baseline: 0, candidate: 900 },
          },
        },
      }),
    );
    expect([...page.matchAll(/<a href="#service-\w+">([^<]+)/g)].map(([, name]) => name)).toEqual([
      'leaky',
      'calm',
      'origin',
    ]);
  });

  it('and never draws unjudged services like judged ones', () => {
    const page = everywhere(tell({ outcome: 'invalid' }));
    expect(page).toContain('So this page states no growth and no difference.');
    expect(page).not.toContain(' fills ');
  });
});
