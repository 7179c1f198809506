import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/results/index.js';
import { REPORTERS, renderTerminal } from '../../src/report/index.js';
import { failing, FAIR, tell } from './fixtures.js';

/** The leak of the failing example, in a comparison in which one version could not keep up. */
function late(): Result {
  const { assessment } = failing().verdict;
  return tell({
    validity: [
      ...FAIR,
      {
        name: 'pace',
        ok: false,
        said: { code: 'pace-late', facts: { trial: 'c1-baseline', lateness: 0.4, together: false, rate: 75 } },
      },
    ],
    findings: [
      {
        kind: 'improvement',
        severity: 'info',
        service: 'waf',
        arm: 'candidate',
        said: {
          code: 'improved',
          facts: {
            role: 'waf',
            metric: 'unreclaimable_bytes',
            unit: 'bytes/request',
            difference: { value: -5220, lower: -5235, upper: -5205, confidence: 0.95 },
            withinMargin: false,
          },
        },
        value: 5220,
        threshold: 0,
        unit: 'bytes/request',
      },
    ],
    assessment: { confirmation: 'confirmed', nextLook: assessment.nextLook },
  });
}

const result = late();
const page = REPORTERS.get('html')!(result).contents.replace(/<script.*?<\/script>/gs, '');
const texts = {
  html: page,
  markdown: REPORTERS.get('markdown')!(result).contents,
  junit: REPORTERS.get('junit')!(result).contents,
  terminal: renderTerminal(result, { colour: false, width: 1000 }),
};

describe('a report on a comparison that is not valid', () => {
  it.each(Object.entries(texts))('says nothing in %s that it takes back', (_, text) => {
    expect(result.verdict.outcome).toBe('invalid');
    expect(text).not.toMatch(/confirmed the growth|more in the candidate than|improved|❌|type="fail"|>fail<| fail /);
    expect(text).not.toContain('The candidate grows faster');
  });

  it.each(Object.entries(texts))('names in %s what made it void', (_, text) => {
    expect(text).toMatch(/c1-baseline took 40.% longer than the schedule\./);
  });

  it('gives no service a verdict', () => {
    expect(page).toContain('<span class="badge invalid">');
    expect(page).not.toContain('<span class="badge fail">');
    expect(texts.junit).toContain('waf was not judged, because the comparison is not valid.');
  });

  it('says what made it invalid before the numbers', () => {
    expect(page.indexOf('id="validity"')).toBeLessThan(page.indexOf('id="numbers"'));
  });

  it('prints the sentence of a check once', () => {
    expect(texts.terminal.split('longer than the schedule')).toHaveLength(2);
    expect(texts.markdown.split('longer than the schedule')).toHaveLength(2);
  });
});
