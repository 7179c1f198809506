import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { buildTrace, createTraceDigest } from '../../src/traffic/index.js';
import { listedTrace } from './listed-trace.js';
import { settings, SHOP, template } from './settings.js';

describe('buildTrace', () => {
  test('gives these very bytes for this seed, on every platform', () => {
    const trace = listedTrace(SHOP, 1000);
    const targets = createHash('sha256')
      .update(trace.requests.map(({ target }) => target).join('\n'))
      .digest('hex');
    expect({ digest: trace.digest, targets, labels: trace.labels, first: trace.requests[0]?.target })
      .toMatchInlineSnapshot(`
      {
        "digest": "dd2cba61f3e387014845f05eb4d83d612c20c155ed69b8b7559e6d61edef7d87",
        "first": "/p/197736?q=circle-tiger&c=rouge",
        "labels": {
          "api": 99,
          "browse": 602,
          "login": 199,
          "sqli": 50,
          "upload": 50,
        },
        "targets": "1fa567ed195baa17de434d2f865ad41c824c148e6f799ea6651ee44b5efd3b10",
      }
    `);
  });

  test('is a pure function of the settings', () => {
    expect(listedTrace(SHOP, 200)).toEqual(listedTrace(SHOP, 200));
    expect(listedTrace({ ...SHOP, seed: 8 }, 200).digest).not.toBe(listedTrace(SHOP, 200).digest);
  });

  test('a shorter trace is the beginning of a longer one', () => {
    expect(listedTrace(SHOP, 500).requests.slice(0, 123)).toEqual(listedTrace(SHOP, 123).requests);
  });

  test('repeats its first requests, each with an index of its own, if the settings say so', () => {
    const trace = listedTrace({ ...SHOP, repeat: 50 }, 120);
    const once = listedTrace(SHOP, 50).requests;
    expect(trace.requests).toEqual(
      [0, 50, 100].flatMap((by) => once.map((one) => ({ ...one, index: one.index + by }))).slice(0, 120),
    );
    expect(Object.values(trace.labels).reduce((a, b) => a + b, 0)).toBe(120);
    expect(
      buildTrace({ ...SHOP, repeat: 50, blocks: 'auto' }, 120, [], { warmup: 50, window: 70, rate: 75 }).blocks,
    ).toBeUndefined();
  });

  test('keeps no request: each iteration makes the same requests again', () => {
    const trace = buildTrace(SHOP, 300);
    const [first, second] = [[...trace.requests], [...trace.requests]];
    expect(first).toEqual(second);
    expect(first.every((request, index) => request !== second[index])).toBe(true);
    const digest = createTraceDigest();
    for (const request of trace.requests) digest.add(request);
    expect(digest.hex()).toBe(trace.digest);
    expect(trace.length).toBe(300);
  });

  test('one request of each template represents the others', () => {
    const { kinds } = buildTrace(SHOP, 300);
    expect(kinds.map(({ label }) => label).sort()).toEqual(SHOP.mix.map(({ label }) => label).sort());
  });

  test('counts what it planned by label and keeps indices in order', () => {
    const trace = listedTrace(SHOP, 320);
    expect(Object.values(trace.labels).reduce((a, b) => a + b, 0)).toBe(320);
    expect(trace.requests.map(({ index }) => index)).toEqual(Array.from({ length: 320 }, (_, i) => i));
  });

  test('puts Host first and an exact Content-Length last', () => {
    const { requests } = listedTrace(SHOP, 500);
    expect(requests.map(({ headers }) => headers[0])).toEqual(requests.map(() => ['Host', 'shop.example']));
    const bodied = requests.filter(({ body }) => body !== null);
    expect(bodied.map(({ headers }) => headers.at(-1))).toEqual(
      bodied.map(({ body }) => ['Content-Length', String(body?.length)]),
    );
  });

  test('lets a template bring its own Host and Content-Type', () => {
    const own = template({
      method: 'POST',
      headers: { host: 'evil.example', 'content-type': 'text/x-odd' },
      body: { kind: 'raw', contentType: 'text/plain', text: 'é' },
    });
    expect(listedTrace(settings({ mix: [own] }), 1).requests[0]?.headers).toEqual([
      ['host', 'evil.example'],
      ['content-type', 'text/x-odd'],
      ['Content-Length', '2'],
    ]);
  });

  test('says that a POST without a body is empty', () => {
    expect(listedTrace(settings({ mix: [template({ method: 'POST' })] }), 1).requests[0]?.headers.at(-1)).toEqual([
      'Content-Length',
      '0',
    ]);
  });

  test.each([
    ['a line break in a header', template({ headers: { 'X-A': 'a\r\nX-B: b' } }), /"page".*X-A/],
    ['a line break drawn from a field', template({ headers: { 'X-A': '{bad}' } }), /"page".*X-A/],
    ['a space in the path', template({ path: '/a b' }), /"page".*path/],
    ['an empty path', template({ path: '' }), /"page".*path/],
    ['a header name with a colon', template({ headers: { 'X:A': 'a' } }), /"page".*header name/],
    ['a method with a space', template({ method: 'GET /' }), /"page".*method/],
    ['its own Content-Length', template({ headers: { 'content-length': '3' } }), /"page".*content-length/],
    ['a negative weight', template({ weight: -1 }), /"page".*-1/],
    ['no weight at all', template({ weight: 0 }), /no request with a weight/],
  ])('refuses %s', (_, bad, message) => {
    const build = (): unknown =>
      listedTrace(settings({ mix: [bad], fields: { bad: { kind: 'oneOf', values: ['x\ny'] } } }), 1);
    expect(build).toThrow(
      expect.objectContaining({ code: 'TRAFFIC_INVALID', message: expect.stringMatching(message) }),
    );
  });
});
