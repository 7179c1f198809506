import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERROR_EXITS, SlopegateError } from '../../src/model/index.js';
import { nearest } from '../../src/words/nearest.js';

describe('the error table', () => {
  it('is the documented table, line by line', () => {
    const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (\d+) \|/gm)].map(([, code, exit]) => [code, Number(exit)]);
    expect(Object.fromEntries(rows)).toEqual(ERROR_EXITS);
  });

  it('an error knows its exit code, and keeps its cause', () => {
    const cause = new Error('because');
    const error = new SlopegateError('NOT_READY', 'no answer', { cause, hint: 'look at the logs' });
    expect(error).toMatchObject({ exitCode: 5, cause, hint: 'look at the logs', reason: 'because' });
  });

  it('a message that ends with the text of the cause has no separate reason', () => {
    const because = new Error('no space left');
    const error = new SlopegateError('DISK', 'Cannot write a.json', { because });
    expect(error).toMatchObject({ message: 'Cannot write a.json: no space left', cause: because, reason: null });
    expect(error.with({ hint: 'free some' })).toMatchObject({
      code: 'DISK',
      message: 'Cannot write a.json: no space left',
      cause: because,
      hint: 'free some',
      reason: null,
    });
  });

  it('the output of another program can be given without an error, and masked by itself', () => {
    const error = new SlopegateError('IMAGE_MISSING', 'not here', { reason: 'denied: token=abc', location: 'a.yaml' });
    expect(error.reason).toBe('denied: token=abc');
    expect(error.with({ reason: 'denied: token=***' })).toMatchObject({
      message: 'not here',
      location: 'a.yaml',
      reason: 'denied: token=***',
    });
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
