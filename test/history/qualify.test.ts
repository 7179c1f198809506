import { describe, expect, it } from 'vitest';
import { qualify, type HistoryEntry } from '../../src/history/index.js';
import type { Outcome } from '../../src/model/index.js';
import { qualificationSentences } from '../../src/words/qualification.js';
import { entry, story } from '../trend/entries.js';

const state = (...runs: readonly HistoryEntry[]): string => qualify(runs, '2', ['crs'], 0).scenarios[0]?.state ?? '';
const runs = (...outcomes: readonly Outcome[]): HistoryEntry[] =>
  outcomes.map((outcome, index) => entry(['1', '2'], index + 1, outcome));

describe('the state of a scenario', () => {
  it.each<readonly [Outcome[], string]>([
    [[], 'missing'],
    [['pass'], 'pass'],
    [['inconclusive', 'pass'], 'pass'],
    [['invalid', 'pass'], 'pass'],
    [['pass', 'fail'], 'fail'],
    [['pass', 'inconclusive'], 'inconclusive'],
    [['fail', 'invalid'], 'invalid'],
    [['fail', 'pass'], 'contradicted'],
    [['fail', 'inconclusive', 'pass'], 'contradicted'],
  ])('after %j is %s', (outcomes, expected) => {
    expect(state(...runs(...outcomes))).toBe(expected);
  });

  it('is the worst of the comparisons with several versions', () => {
    expect(state(entry(['0', '2'], 1, 'fail'), entry(['1', '2'], 2, 'pass'))).toBe('fail');
    expect(state(entry(['0', '2'], 1, 'pass'), entry(['1', '2'], 2, 'invalid'))).toBe('invalid');
  });

  it('is made only of runs of this scenario with this candidate', () => {
    const others = [entry(['2', '3'], 1, 'fail'), entry(['1', '2'], 2, 'fail', { scenario: 'xml' })];
    expect(state(...others, entry(['1', '2'], 3, 'pass'))).toBe('pass');
  });
});

describe('a version that was compared with itself', () => {
  it('was not tested', () => {
    expect(state(entry(['2', '2'], 1, 'pass'))).toBe('missing');
    expect(state(entry(['1', '2'], 1, 'pass'), entry(['2', '2'], 2, 'fail'))).toBe('pass');
  });
});

describe('the answer', () => {
  const answer = (version: string, scenarios: readonly string[], unreadable = 0): readonly [string, string] => {
    const qualification = qualify(story(), version, scenarios, unreadable);
    return [qualification.outcome, qualificationSentences(qualification).join(' ')];
  };

  it.each([
    ['1.1', 'pass', '1.1 passes in all 2 scenarios.'],
    [
      '1.2',
      'fail',
      '1.2 is not qualified: it passes in 0 of 2 scenarios. It fails in crs. It was not tested in xml <b>.',
    ],
    ['1.3', 'inconclusive', '1.3 is not qualified: it passes in 1 of 2 scenarios. It was not tested in xml <b>.'],
    ['1.4', 'inconclusive', '1.4 is not qualified: it passes in 1 of 2 scenarios. The comparison was not fair in crs.'],
  ])('for %s is %s', (version, outcome, sentence) => {
    expect(answer(version, ['crs', 'xml <b>'])).toEqual([outcome, sentence]);
  });

  it('is never a pass if nothing is known, or if an entry cannot be read', () => {
    expect(answer('1.1', [])).toEqual(['inconclusive', 'No run of any scenario is known, so 1.1 is not qualified.']);
    expect(answer('1.1', ['crs'], 1)).toEqual([
      'inconclusive',
      expect.stringContaining('1 entry of the history cannot'),
    ]);
    expect(answer('1.2', ['crs'], 1)[0]).toBe('fail');
  });

  it('names at most five scenarios of one state', () => {
    const [, words] = answer('9', ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    expect(words).toContain('It was not tested in a, b, c, d, e and 2 more.');
  });
});
