import { expect, it } from 'vitest';
import { clockTime, dateAndTime, happenedSentence, momentWords } from '../../src/words/clock.js';

const ZERO = '2026-11-28T23:58:50.400Z';

it('says the time of day in UTC, and on a later day how many days later', () => {
  expect(dateAndTime(ZERO)).toBe('2026-11-28 23:58:50');
  expect(dateAndTime(ZERO, 70)).toBe('2026-11-29 00:00:00');
  expect([0, 9.6, 69.5, 70, 2 * 86_400].map((seconds) => clockTime(ZERO, seconds))).toEqual([
    '23:58:50',
    '23:59:00',
    '23:59:59',
    '+1 d 00:00',
    '+2 d 23:58',
  ]);
});

it('says the date of a moment on an earlier day than second 0', () => {
  expect(clockTime('2026-01-01T00:00:01.000Z', -2)).toBe('2025-12-31 23:59:59');
  expect(clockTime('2026-01-01T00:00:02.000Z', -2)).toBe('00:00:00');
  expect(momentWords('2026-01-01T00:00:01.000Z', -2)).toBe('at 2025-12-31 23:59:59 UTC, 2 s before the start');
});

it('says when something happened, with the clock if it is known', () => {
  expect(momentWords(ZERO, 31.6)).toBe('at 23:59:22 UTC, 32 s after the start');
  expect(momentWords(undefined, 4000)).toBe('4,000 s after the start');
  expect(happenedSentence(ZERO, 31.6, 'r2-baseline')).toBe(
    'It happened at 23:59:22 UTC, 32 s after the start of r2-baseline.',
  );
});
