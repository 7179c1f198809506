import { describe, expect, test } from 'vitest';
import { judgeWritten } from './story.js';
import { UNNAMED, WATCHED } from './watched.js';

describe('files that watch several services', () => {
  test.each(WATCHED)('%s: the leak is found, and only in the service that leaks', async (_, written, options) => {
    const { verdict } = await judgeWritten(written, options);
    expect(verdict.outcome).toBe('fail');
    const [leaking, ...others] = verdict.assessment.services.filter(({ role }) => role !== '(stack)');
    expect(leaking?.outcome).toBe('fail');
    expect(leaking?.difference?.value).toBeGreaterThan(75_000);
    expect(leaking?.difference?.value).toBeLessThan(79_000);
    expect(others.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
  });

  test.each(WATCHED)('%s: equal versions never fail', async (kind, written, options) => {
    const { verdict } = await judgeWritten(written, options, {}, { leak: 0 });
    // kubectl rounds to 1 MiB, so that a short recording proves nothing.
    expect(verdict.outcome).toBe(kind.startsWith('kubectl') ? 'inconclusive' : 'pass');
  });
});

describe('files that do not say what is memory', () => {
  test.each(UNNAMED)('%s: asked for, and the answer is enough', async (_, written, answer) => {
    await expect(judgeWritten(written)).rejects.toMatchObject({
      code: 'SERIES_INVALID',
      message: 'no column of memory is in all recordings',
      hint: expect.stringContaining('--metric') as string,
    });
    const { verdict } = await judgeWritten(written, answer, answer);
    expect(verdict.outcome).toBe('fail');
  });
});
