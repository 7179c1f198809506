import { expect, test } from 'vitest';
import { createRedactor } from '../../../src/traffic/import/redact.js';
import type { RequestParts } from '../../../src/traffic/import/entry.js';

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
  ['a password in a form', { headers: [['Content-Type', 'application/x-www-form-urlencoded']], body: Buffer.from(`user=a&password=${SECRET}`) }],
  ['exact bytes', { raw: Buffer.from(`GET /?token=${SECRET} HTTP/1.1\r\ncookie: a=${SECRET}\r\n\r\nbody`) }],
])('%s', (_, given) => {
  const before = parts(given);
  const after = redact(before);
  expect(JSON.stringify({ ...after, body: String(after.body), raw: String(after.raw) })).not.toContain(SECRET);
  expect(JSON.stringify({ ...after, body: String(after.body), raw: String(after.raw) })).toHaveLength(JSON.stringify({ ...before, body: String(before.body), raw: String(before.raw) }).length);
  expect(redact(before)).toEqual(after);
  expect(createRedactor('other')(before)).not.toEqual(after);
});

test('keeps what is no secret: names, schemes, other parameters', () => {
  const { headers, target } = redact(parts({ target: '/p?id=7&q=token', headers: [['Authorization', `Basic ${SECRET}`], ['Cookie', `theme=${SECRET}`], ['Accept', '*/*']] }));
  expect(target).toBe('/p?id=7&q=token');
  expect(headers.map(([name, value]) => `${name}: ${value}`.slice(0, 21))).toEqual([expect.stringMatching(/^Authorization: Basic $/), expect.stringMatching(/^Cookie: theme=/), 'Accept: */*']);
});

test('different secrets stay different', () => {
  const of = (secret: string): string => JSON.stringify(redact(parts({ headers: [['Cookie', `a=${secret}`]] })));
  expect(of('one')).not.toBe(of('two'));
});
