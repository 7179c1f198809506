import { expect, test } from 'vitest';
import { requestLines } from '../../src/run/request-lines.js';
import type { Trace, TraceRequest } from '../../src/model/index.js';

test('only the examples have method and target, and long ones are cut', () => {
  const requests = ['/', `/${'a'.repeat(500)}`, '/order'].map((target, index): TraceRequest => ({
    index,
    label: 'page',
    expect: 'any',
    method: 'GET',
    target,
    headers: [],
    body: null,
  }));
  const trace: Trace = { seed: 1, length: 3, requests, kinds: requests, digest: '', labels: { page: 3 } };
  const examples = [1, 2, 7].map((index) => ({ index, baseline: 200, candidate: 403 }));
  const lines = requestLines(trace, [{ label: 'page', requests: 3, differing: 2, examples }]);
  expect(lines).toEqual({ 1: `GET /${'a'.repeat(154)}…`, 2: 'GET /order' });
});
