import { expect, test } from 'vitest';
import { requestReader } from '../../src/lanes/request-reader.js';
import { numbered } from '../replay/traces.js';

test('gives the due request repeatedly, then the next one, and starts again for an earlier one', () => {
  const trace = numbered(5);
  let begun = 0;
  const counted = {
    length: trace.length,
    requests: {
      [Symbol.iterator]: () => {
        begun += 1;
        return trace.requests[Symbol.iterator]();
      },
    },
  };
  const requestAt = requestReader(counted);
  expect([0, 0, 1, 1, 4, 4].map((index) => requestAt(index).index)).toEqual([0, 0, 1, 1, 4, 4]);
  expect(begun).toBe(1);
  expect(requestAt(2).target).toBe('/2');
  expect(begun).toBe(2);
});

test('a request that is not in the trace is an internal error', () => {
  expect(() => requestReader(numbered(2))(2)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
});
