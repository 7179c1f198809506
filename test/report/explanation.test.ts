import { describe, expect, test } from 'vitest';
import { explanationReport } from '../../src/journal/index.js';
import { renderIssue, REPORTERS } from '../../src/report/index.js';
import type { Explanation, Result } from '../../src/results/index.js';
import { explained } from '../explain/explained.js';
import { failing } from './fixtures.js';
import { faultsOf } from './schema-faults.js';

const withExplanation = (explanation: Explanation): Result => ({ ...failing(), explanation });
const render = (name: string, result: Result): string => REPORTERS.get(name)!(result).contents;
const issue = (explanation: Explanation): string =>
  renderIssue({ result: withExplanation(explanation), hunt: null, command: 'slopegate run s.yaml' });

describe('the explanation in the reports of the run', () => {
  test.each(['markdown', 'html'])('%s has what is known, what grows and where; nothing without one', (name) => {
    const text = render(name, withExplanation(explained()));
    expect(text).toContain('What keeps the memory');
    expect(text).toContain('in the run the candidate grows by 8 KB per request more than the baseline');
    expect(text).toContain('the candidate keeps 4.4 KB per request');
    expect(text).toContain('xmlDictCreate (libxml2.so.2, libxml2 2.9.14)');
    expect(render(name, failing())).not.toContain('What keeps the memory');
  });

  test('only the largest call stacks are shown, and the others counted', () => {
    const [stack] = explained().stacks;
    const text = render('markdown', withExplanation(explained({ stacks: Array.from({ length: 7 }, () => stack!) })));
    expect(text.match(/xmlDictCreate/g)).toHaveLength(5);
    expect(text).toContain('2 more call stacks in the JSON document.');
  });

  test('the note to the makers has the call stacks, and not the rate of production', () => {
    const text = issue(explained());
    expect(text).toContain('## What keeps the memory');
    expect(text).toContain('xmlDictCreate (libxml2.so.2, libxml2 2.9.14)');
    expect(text).not.toContain('per hour');
  });

  test.each([{ otherImages: ['waf'] }, { changed: 'traffic.mix' }])(
    'what other images or requests keep is not told to the makers: %j',
    (other) => {
      expect(issue(explained({ run: { ...explained().run!, ...other } }))).not.toContain('What keeps the memory');
    },
  );

  test('the JSON documents are valid by their schemas', () => {
    expect(faultsOf('result-4', render('json', withExplanation(explained())))).toEqual([]);
    expect(faultsOf('explain-1', explanationReport(explained()).contents)).toEqual([]);
    expect(faultsOf('explain-1', explanationReport(explained({ run: null })).contents)).toEqual([]);
    expect(faultsOf('explain-1', explanationReport(explained({ lost: 'x' as unknown as 0 })).contents)).not.toEqual([]);
  });
});
