import { expect, it } from 'vitest';
import { timeBelow } from '../../src/drawing/plot/time-rows.js';
import { shortTime } from '../../src/words/numbers.js';

it('finds the time since the start at a place between two points', () => {
  const below = timeBelow({
    arm: 'baseline',
    replicate: 1,
    index: 0,
    x: [0, 100, 300],
    time: [2, 4, 8],
    values: [1, 1, 1],
    window: [0, 300],
  });
  expect([0, 50, 200].map(below)).toEqual(['2 s', '3 s', '6 s']);
  expect(below(301)).toBeNull();
});

it.each([
  [45, '45 s'],
  [150, '2.5 min'],
  [7_200, '2 h'],
  [345_600, '4 d'],
])('%i seconds are %s on an axis', (seconds, text) => {
  expect(shortTime(seconds)).toBe(text);
});
