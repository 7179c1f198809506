import { describe, expect, it } from 'vitest';
import { amount, estimate, growth } from '../../src/words/growth.js';
import { duration, fixed, memory, percent, significant } from '../../src/words/numbers.js';

describe('numbers for people', () => {
  it.each([
    [0, '0'],
    [32, '32'],
    [5220, '5,220'],
    [0.01234, '0.0123'],
    [-1.5, '-1.5'],
    [-0.0000001, '0.000000'],
    [Number.NaN, 'not measured'],
    [Infinity, '∞'],
  ])('significant %d', (value, text) => expect(significant(value)).toBe(text));
  it('has no negative zero', () => expect(fixed(-0.2, 0)).toBe('0'));
  it.each([
    [512, '512 B'],
    [31_457_280, '30 MiB'],
    [2 * 1024 ** 3, '2 GiB'],
    [81_920, '80 KiB'],
  ])('memory %d', (bytes, text) => expect(memory(bytes)).toBe(text));
  it.each([
    [45, '45 seconds'],
    [60 * 35, '35 minutes'],
    [3.4 * 3600, '3.4 hours'],
    [86_400 * 12, '12 days'],
    [1e12, 'more than 200 years'],
    [Infinity, 'more than 200 years'],
  ])('duration %d', (seconds, text) => expect(duration(seconds)).toBe(text));
  it('percent', () => expect(percent(0.01)).toBe('1 %'));
});

describe('growth', () => {
  it.each([
    [32, 'bytes/request', '32 B per request'],
    [5220, 'B/request', '5.22 KB per request'],
    [-213_088, 'bytes/request', '-213 KB per request'],
    [3 * 1024 ** 2, 'bytes per request', '3 MiB per request'],
    [1360, 'bytes/s', '1.36 KB per second'],
    [0.001, 'fds/request', '1 descriptor per 1,000 requests'],
    [0.0486, 'fds/request', '48.6 descriptors per 1,000 requests'],
    [0.5, 'threads/s', '500 threads per 1,000 seconds'],
  ])('%d %s', (value, unit, text) => expect(growth(value, unit)).toBe(text));
  it('for a narrow column', () => expect(amount(80, 'bytes/request')).toBe('80 B'));
  it('shows an interval with as many digits as its width allows, in one unit', () => {
    expect(estimate({ value: 5220, lower: 5180, upper: 5260, confidence: 0.95 }, 'bytes/request')).toEqual({
      value: '5.220 KB',
      interval: '5.180 to 5.260 KB',
      highest: '5.260 KB',
      whole: '5.220 KB (5.180 to 5.260)',
      per: 'per request',
      confidence: '95 %',
      isZero: false,
    });
    expect(estimate({ value: -1.2, lower: -9.4, upper: 7.4, confidence: 0.95 }, 'bytes/request')).toMatchObject({
      value: '-1 B',
      interval: '-9 to 7 B',
    });
  });
});
