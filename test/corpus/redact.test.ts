import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRedactor } from '../../src/corpus/redact/redactor.js';
import type { RequestParts } from '../../src/corpus/entry.js';

const redact = createRedactor('salt');
const SECRET = 's3cr3t-value-0123456789';

function parts(overrides: Partial<RequestParts>): RequestParts {
  return { method: 'GET', target: '/', headers: [], body: null, ...overrides };
}

test.each<[string, Partial<RequestParts>]>([
  ['Authorization', { headers: [['authorization', `Bearer ${SECRET}`]] }],
  ['Cookie', { headers: [['Cookie', `a=${SECRET}; b=${SECRET}`]] }],
  ['an API key', { headers: [['X-Api-Key', SECRET]] }],
  ['a token in the query', { target: `/a?x=1&access_token=${SECRET}#` }],
  ['a token in a Referer', { headers: [['Referer', `https://shop.example/?session_id=${SECRET}`]] }],
  [
    'a password in a form',
    {
      headers: [['Content-Type', 'application/x-www-form-urlencoded']],
      body: Buffer.from(`user=a&password=${SECRET}`),
    },
  ],
  [
    'a password in JSON',
    {
      headers: [['Content-Type', 'application/json; charset=utf-8']],
      body: Buffer.from(`{"user":"a","Password" : "${SECRET}"}`),
    },
  ],
  [
    'whatever is below a secret name in JSON',
    {
      headers: [['Content-Type', 'application/vnd.api+json']],
      body: Buffer.from(`[{"session":{"of":["${SECRET}",{"x":"${SECRET}"}]},"b":1}]`),
    },
  ],
  ['JSON without its type, cut short', { body: Buffer.from(` {"api_key":"${SECRET}`) }],
  [
    'an element',
    {
      headers: [['Content-Type', 'text/xml']],
      body: Buffer.from(`<s:a><wsse:Password Type="x">${SECRET}</wsse:Password></s:a>`),
    },
  ],
  [
    'an attribute, and character data',
    {
      headers: [['Content-Type', 'application/soap+xml']],
      body: Buffer.from(`<a token = '${SECRET}'><pin><![CDATA[${SECRET}]]></pin></a>`),
    },
  ],
  [
    'a part of a form',
    {
      headers: [['Content-Type', 'multipart/form-data; boundary="b1"']],
      body: Buffer.from(`--b1\r\nContent-Disposition: form-data; name="password"\r\n\r\n${SECRET}\r\n--b1--\r\n`),
    },
  ],
  [
    'JSON in a part',
    {
      headers: [['Content-Type', 'multipart/mixed;boundary=b1']],
      body: Buffer.from(`--b1\r\nContent-Type: application/json\r\n\r\n{"jwt":"${SECRET}"}\r\n--b1--\r\n`),
    },
  ],
  [
    'the body of exact bytes',
    {
      headers: [['Content-Length', '200']],
      raw: Buffer.from(`POST / HTTP/1.1\r\nContent-Length: 200\r\n\r\n{"pwd":"${SECRET}"}`),
      body: Buffer.from(`{"pwd":"${SECRET}"}`),
    },
  ],
  ['exact bytes', { raw: Buffer.from(`GET /?token=${SECRET} HTTP/1.1\r\ncookie: a=${SECRET}\r\n\r\nbody`) }],
])('%s', (_, given) => {
  const before = parts(given);
  const after = redact(before);
  expect(JSON.stringify({ ...after, body: String(after.body), raw: String(after.raw) })).not.toContain(SECRET);
  expect(JSON.stringify({ ...after, body: String(after.body), raw: String(after.raw) })).toHaveLength(
    JSON.stringify({ ...before, body: String(before.body), raw: String(before.raw) }).length,
  );
  expect(redact(before)).toEqual(after);
  expect(createRedactor('other')(before)).not.toEqual(after);
});

test('keeps what is no secret: names, schemes, other parameters', () => {
  const { headers, target } = redact(
    parts({
      target: '/p?id=7&q=token',
      headers: [
        ['Authorization', `Basic ${SECRET}`],
        ['Cookie', `theme=${SECRET}`],
        ['Accept', '*/*'],
      ],
    }),
  );
  expect(target).toBe('/p?id=7&q=token');
  expect(headers.map(([name, value]) => `${name}: ${value}`.slice(0, 21))).toEqual([
    expect.stringMatching(/^Authorization: Basic $/),
    expect.stringMatching(/^Cookie: theme=/),
    'Accept: */*',
  ]);
});

test.each([
  [
    '{"author":"kept","n":[1,-2.5e3],"a":{"token":"1234","b":"kept"},"c":"to\\"ken\\": kept"}',
    '{"author":"kept","n":[1,-2.5e3],"a":{"token":"****","b":"kept"},"c":"to\\"ken\\": kept"}',
  ],
  ['{"token":"a\\"bc\\\\","b":"kept"}', '{"token":"*******","b":"kept"}'],
  ['{"pin":-1205,"otp":[ true , null, 7e+2],"next":7}', '{"pin":-****,"otp":[ true , null, *e+*],"next":7}'],
])('only the values of secret names change in %s', (before, after) => {
  const text = String(
    redact(parts({ headers: [['Content-Type', 'application/json']], body: Buffer.from(before) })).body,
  );
  expect(Array.from(text, (letter, i) => (after[i] === '*' ? '*' : letter)).join('')).toBe(after);
  expect(text).not.toBe(before);
  expect(() => JSON.parse(text) as unknown).not.toThrow();
});

test.each([
  ['application/xml', '<?xml version="1.0"?><!-- token --><a><token/><id session>kept</id>kept</a>'],
  [
    'multipart/form-data; boundary=b',
    '--b\nContent-Disposition: form-data; name="file"; filename="token"\n\nkept\n--b--',
  ],
  ['text/plain', 'kept: my password is'],
  ['application/octet-stream', '\u0000\u00ff{"token":"kept"}'],
])('nothing changes in %s: %s', (type, text) => {
  const { body } = redact(parts({ headers: [['Content-Type', type]], body: Buffer.from(text, 'latin1') }));
  expect(Buffer.from(body ?? []).toString('latin1')).toBe(text);
});

test('exact bytes beyond what Content-Length says are another request, and stay', () => {
  const raw = `POST / HTTP/1.1\r\nContent-Length: 8\r\n\r\npassword=kept`;
  expect(
    String(
      redact(parts({ headers: [['Content-Length', '8']], raw: Buffer.from(raw), body: Buffer.from('password=kept') }))
        .raw,
    ),
  ).toBe(raw);
});

test('any body keeps its length, whatever its type', () => {
  const piece = fc.constantFrom(
    '{',
    '"',
    '\\',
    '"token":',
    '[',
    ']',
    '}',
    '5',
    '--b',
    '\r\n\r\n',
    'name="pin"',
    '<pin>',
    '<![CDATA[',
    ']]>',
    '</pin>',
    '&',
    'pwd=',
    'a',
    ' ',
  );
  fc.assert(
    fc.property(
      fc.constantFrom(
        'application/json',
        'text/xml',
        'multipart/form-data; boundary=b',
        'application/x-www-form-urlencoded',
        '',
      ),
      fc.array(piece, { maxLength: 20 }),
      (type, pieces) => {
        const text = pieces.join('');
        expect(
          redact(parts({ headers: [['Content-Type', type]], body: Buffer.from(text, 'latin1') })).body,
        ).toHaveLength(text.length);
      },
    ),
    { numRuns: 2000 },
  );
});

test('different secrets stay different', () => {
  const of = (secret: string): string => JSON.stringify(redact(parts({ headers: [['Cookie', `a=${secret}`]] })));
  expect(of('one')).not.toBe(of('two'));
});
