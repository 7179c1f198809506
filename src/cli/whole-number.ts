import { InvalidArgumentError } from 'commander';
import { count } from '../words/numbers.js';

/**
 * A parser of option values that accepts whole numbers in a range.
 * @example wholeNumber(2, 100)('8') // 8
 */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${count(least)} to ${count(most)}.`);
  };
}
