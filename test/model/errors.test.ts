import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERROR_EXITS, SlopegateError } from '../../src/model/index.js';
import { nearest } from '../../src/words/nearest.js';

describe('the error table', () => {
  it('is the documented one, line by line', () => {
    const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (\d+) \|/gm)].map(([, code, exit]) => [code, Number(exit)]);
    expect(Object.fromEntries(rows)).toEqual(ERROR_EXITS);
  });

  it('an error knows its exit code, and keeps its cause', () => {
    const cause = new Error('because');
    const error = new SlopegateError('NOT_READY', 'no answer', { cause, hint: 'look at the logs' });
    expect(error).toMatchObject({ exitCode: 5, cause, hint: 'look at the logs' });
  });
});

describe('nearest', () => {
  it.each([
    ['entri', 'entry'],
    ['canidate', 'candidate'],
    ['zzzzzz', null],
  ])('%s → %s', (word, meant) => {
    expect(nearest(word, ['entry', 'candidate', 'label'])).toBe(meant);
  });
});
