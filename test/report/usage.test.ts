import { describe, expect, test } from 'vitest';
import { REPORTERS, renderTerminal } from '../../src/report/index.js';
import type { Finding, Result, UsageAssessment } from '../../src/results/index.js';
import { tell } from './fixtures.js';
import { faultsOf } from './schema-faults.js';

const between = (value: number, width: number) => ({
  value,
  lower: value - width,
  upper: value + width,
  confidence: 0.95,
});

const USAGE: readonly UsageAssessment[] = [
  {
    role: 'waf',
    measure: 'cpu',
    unit: 'ms/request',
    value: { baseline: 1.2, candidate: 1.5 },
    difference: between(0.3, 0.05),
    relative: 0.25,
    margin: 0.12,
    pAdjusted: 0.001,
  },
  {
    role: 'waf',
    measure: 'cpu-drift',
    unit: 'ms/request',
    value: { baseline: 0, candidate: 0.01 },
    difference: between(0.01, 0.02),
    relative: 0.008,
    margin: null,
    pAdjusted: null,
  },
  {
    role: 'waf',
    measure: 'log',
    unit: 'bytes/request',
    value: { baseline: 0, candidate: null },
    difference: null,
    relative: null,
    margin: null,
    pAdjusted: null,
  },
];

const HIGHER: Finding = {
  kind: 'cpu-higher',
  severity: 'warn',
  service: 'waf',
  arm: 'candidate',
  said: {
    code: 'usage-higher',
    facts: {
      role: 'waf',
      measure: 'cpu',
      unit: 'ms/request',
      baseline: 1.2,
      candidate: 1.5,
      difference: between(0.3, 0.05),
      relative: 0.25,
      margin: 0.12,
    },
  },
  value: 0.3,
  threshold: 0.12,
  unit: 'ms/request',
};

const told = (outcome: 'pass' | 'invalid', findings: readonly Finding[] = []): Result =>
  tell({ outcome, findings, assessment: { usage: USAGE } });
/** The page without its data. */
const page = (result: Result): string => REPORTERS.get('html')!(result).contents.replace(/<script.*?<\/script>/gs, '');
const rowOf = (html: string, name: string): string =>
  /<tr[^>]*>(.*?)<\/tr>/s
    .exec(html.slice(html.lastIndexOf('<tr', html.indexOf(name))))?.[1]
    ?.replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim() ?? '';

describe('what is used up beside memory', () => {
  test('stands in a table of its service: both versions, the difference, its share, what is accepted', () => {
    const html = page(told('pass'));
    expect(html).toContain('Beside memory: processor, disk, log, latency');
    expect(rowOf(html, 'Processor time per request')).toMatch(
      /^Processor time per request .*1\.2 ms .*1\.5 ms .*0\.3 ms 0\.25 ms to 0\.35 ms .*25 % .*0\.12 ms$/,
    );
    expect(rowOf(html, 'its rise in the window')).toMatch(/0\.8 % .*not tested$/);
  });

  test('0 that was measured is 0; what was not measured says so', () => {
    expect(rowOf(page(told('pass')), 'Log per request')).toMatch(/0 B .*not measured .*not measured .*— .*not tested$/);
  });

  test('is not on the page if it was not recorded, or if the comparison is not valid', () => {
    expect(page(tell())).not.toContain('Beside memory');
    expect(page(told('invalid', [HIGHER]))).not.toMatch(/Beside memory|processor time of waf/);
  });

  test('stands in the comment and on the terminal only if there is a finding', () => {
    const sentence = 'The processor time of waf per request is 1.5 ms in the candidate and 1.2 ms in the baseline';
    const texts = (result: Result): string[] =>
      [REPORTERS.get('markdown')!(result).contents, renderTerminal(result, { colour: false, width: 400 })].map((text) =>
        text.replace(/\s+/g, ' '),
      );
    for (const text of texts(told('pass', [HIGHER]))) expect(text).toContain(sentence);
    for (const text of texts(told('pass'))) expect(text).not.toMatch(/processor/i);
  });

  test('is in result.json as its schema says', () => {
    const document = REPORTERS.get('json')!(told('pass', [HIGHER])).contents;
    expect(faultsOf('result-4', document)).toEqual([]);
    expect((JSON.parse(document) as Result).verdict.assessment.usage).toHaveLength(3);
  });
});
