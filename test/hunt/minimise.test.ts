import { expect, test } from 'vitest';
import { minimise } from '../../src/hunt/minimise.js';
import type { TraceRequest } from '../../src/model/index.js';

const GIVEN: TraceRequest = {
  index: 0,
  label: 'order',
  expect: 'any',
  method: 'POST',
  target: '/orders?town=Lund',
  headers: [
    ['Host', 'shop.test'],
    ['User-Agent', 'someone'],
    ['Content-Type', 'text/xml'],
    ['X-Trace', '1'],
    ['Content-Length', '38'],
  ],
  body: Buffer.from('<order><note>some text</wrong></order>'),
  behaviour: { breaks: [-5], pauseMs: 5 },
};

const text = ({ body }: TraceRequest): string => Buffer.from(body ?? []).toString();

test('parts that are not needed are removed, and the length fits the body', async () => {
  const { request, trials } = await minimise(
    GIVEN,
    async (one) => text(one).includes('</wrong>') && one.headers.some(([name]) => name === 'Content-Type'),
    200,
  );
  expect(text(request)).toBe('</wrong>');
  expect(request).toMatchObject({
    target: '/',
    headers: [
      ['Host', 'shop.test'],
      ['Content-Type', 'text/xml'],
      ['Content-Length', '8'],
    ],
  });
  expect(request.behaviour).toBeUndefined();
  expect(trials).toBeLessThan(200);
});

test('what is needed stays: the behaviour, a header, the query', async () => {
  const { request } = await minimise(
    GIVEN,
    async ({ behaviour, target, headers }) =>
      behaviour !== undefined && target.includes('?') && headers.some(([name]) => name === 'X-Trace'),
    200,
  );
  expect(request.behaviour).toEqual({ breaks: [-5], pauseMs: 5 });
  expect(request.target).toBe('/orders?town=Lund');
  expect(request.headers).toEqual([
    ['Host', 'shop.test'],
    ['X-Trace', '1'],
  ]);
  expect(request.body).toBeNull();
});

test('it ends after the stated number of trials, with the smallest so far', async () => {
  const tried: TraceRequest[] = [];
  const { request, trials } = await minimise(
    GIVEN,
    async (one) => {
      tried.push(one);
      return text(one).includes('</wrong>');
    },
    6,
  );
  expect(trials).toBe(6);
  expect(tried).toHaveLength(6);
  expect(text(request)).toContain('</wrong>');
});

test('exact bytes are left as they are', async () => {
  const given = { ...GIVEN, raw: Buffer.from('GET / HTTP/1.1\r\n\r\n') };
  expect(await minimise(given, async () => true, 200)).toEqual({ request: given, trials: 0 });
});
