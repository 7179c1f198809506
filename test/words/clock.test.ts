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

it('says when something happened, with the clock if it is known', () => {
  expect(momentWords(ZERO, 31.6)).toBe('at 23:59:22 UTC, 32 s after the start');
  expect(momentWords(undefined, 4000)).toBe('4,000 s after the start');
  expect(happenedSentence(ZERO, 31.6, 'r2-baseline')).toBe(
    'It happened at 23:59:22 UTC, 32 s after the start of r2-baseline.',
  );
});
