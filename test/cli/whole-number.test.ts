import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { wholeNumber } from '../../src/cli/whole-number.js';

const number = wholeNumber(1, 100_000);

test.each([
  ['1', 1],
  ['100000', 100_000],
])('%s is a number in the range', (text, value) => {
  expect(number(text)).toBe(value);
});

test.each(['', ' ', '0', '100001', '1.5', '1e3', '-1', 'ten'])('"%s" is refused, and the range is named', (text) => {
  expect(() => number(text)).toThrow(new InvalidArgumentError('Expected a whole number from 1 to 100,000.'));
});
