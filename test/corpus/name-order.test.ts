import { expect, test } from 'vitest';
import { inNameOrder } from '../../src/corpus/name-order.js';

test.each([
  [
    ['requests_10.gor', 'requests_2.gor', 'requests_1.gor', 'requests_0.gor'],
    ['requests_0.gor', 'requests_1.gor', 'requests_2.gor', 'requests_10.gor'],
  ],
  [
    ['access.log', 'access.log.1', 'access.log.10.gz', 'access.log.2.gz'],
    ['access.log.10.gz', 'access.log.2.gz', 'access.log.1', 'access.log'],
  ],
  // Without the log itself, numbers are numbers.
  [
    ['part.2', 'part.1', 'part.10'],
    ['part.1', 'part.2', 'part.10'],
  ],
  [
    ['access.log-20260302.gz', 'access.log-20260301.gz'],
    ['access.log-20260301.gz', 'access.log-20260302.gz'],
  ],
  [
    ['b', 'a10', 'a9', 'a', 'a09'],
    ['a', 'a09', 'a9', 'a10', 'b'],
  ],
  [
    ['error.log', 'access.log.1', 'access.log'],
    ['access.log.1', 'access.log', 'error.log'],
  ],
])('%j', (names, ordered) => {
  expect(inNameOrder(names)).toEqual(ordered);
  expect(inNameOrder(names.toReversed())).toEqual(ordered);
});
