import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMultisetDigest, createTraceDigest, type DigestedRequest } from '../../src/traffic/index.js';

const token = fc.stringMatching(/^[a-zA-Z-]{0,8}$/);
const request: fc.Arbitrary<DigestedRequest> = fc.record({
  label: fc.string({ unit: 'grapheme', maxLength: 6 }),
  method: token,
  target: token,
  headers: fc.array(fc.tuple(token, token), { maxLength: 3 }),
  body: fc.uint8Array({ maxLength: 6 }),
});

function digestOf(requests: readonly DigestedRequest[]): string {
  const digest = createTraceDigest();
  for (const each of requests) digest.add(each);
  return digest.hex();
}

function multisetOf(requests: readonly DigestedRequest[]): string {
  const digest = createMultisetDigest();
  for (const { method, target, body } of requests) digest.add(method, target, body);
  return digest.hex();
}

describe('createTraceDigest', () => {
  test('differs whenever anything differs, even by where one part ends and the next begins', () => {
    fc.assert(
      fc.property(fc.array(request, { maxLength: 3 }), fc.array(request, { maxLength: 3 }), (a, b) => {
        const same =
          JSON.stringify(a.map((r) => ({ ...r, body: [...(r.body ?? [])] }))) ===
          JSON.stringify(b.map((r) => ({ ...r, body: [...(r.body ?? [])] })));
        expect(digestOf(a) === digestOf(b)).toBe(same);
      }),
      { numRuns: 500 },
    );
  });

  test('any changed byte of the body changes it', () => {
    const base: DigestedRequest = {
      label: 'a',
      method: 'POST',
      target: '/',
      headers: [['A', 'b']],
      body: Buffer.from('0123456789'),
    };
    const changed = Array.from({ length: 10 }, (_, i) =>
      digestOf([{ ...base, body: Buffer.from('0123456789'.replace(String(i), 'x')) }]),
    );
    expect(new Set([digestOf([base]), ...changed]).size).toBe(11);
  });

  test('a body missing and a body empty are the same on the wire', () => {
    const base: DigestedRequest = { label: 'a', method: 'GET', target: '/', headers: [], body: null };
    expect(digestOf([base])).toBe(digestOf([{ ...base, body: new Uint8Array() }]));
  });

  test('a body larger than the scratch buffer', () => {
    const base: DigestedRequest = {
      label: 'é'.repeat(3000),
      method: 'GET',
      target: '/',
      headers: [],
      body: Buffer.alloc(100_000, 'a'),
    };
    expect(digestOf([base])).not.toBe(digestOf([{ ...base, body: Buffer.alloc(100_001, 'a') }]));
  });
});

describe('createMultisetDigest', () => {
  test('does not depend on the order, and does on how often each came', () => {
    fc.assert(
      fc.property(fc.array(request, { minLength: 1, maxLength: 6 }), (requests) => {
        expect(multisetOf(requests.toReversed())).toBe(multisetOf(requests));
        expect(multisetOf([...requests, requests[0] as DigestedRequest])).not.toBe(multisetOf(requests));
      }),
    );
  });

  test('of one request is the hash the origin computes, zero-padded', () => {
    const digest = createMultisetDigest();
    expect(digest.hex()).toBe('0'.repeat(64));
    digest.add('POST', '/a?b=%20', Buffer.from('body'));
    expect(digest.hex()).toBe(createHash('sha256').update('POST /a?b=%20\nbody').digest('hex'));
    expect(digest.count).toBe(1);
  });

  test('wraps around at 2^256', () => {
    const one = BigInt(`0x${createHash('sha256').update('GET /\n').digest('hex')}`);
    const digest = createMultisetDigest();
    for (let i = 0; i < 300; i++) digest.add('GET', '/', null);
    expect(BigInt(`0x${digest.hex()}`)).toBe((one * 300n) % (1n << 256n));
    expect(digest.hex()).toHaveLength(64);
  });
});
