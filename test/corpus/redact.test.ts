import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMasking, type MaskingOptions } from '../../src/corpus/redact/masking.js';
import { createRedactor } from '../../src/corpus/redact/redactor.js';
import { isSecretName } from '../../src/corpus/redact/secret-name.js';
import type { RequestParts } from '../../src/requests/entry.js';

const redactor = (options: Partial<MaskingOptions> = {}) =>
  createRedactor(createMasking({ salt: 'salt', mask: [], keep: [], onMasked: () => {}, ...options }));
const redact = redactor();
const SECRET = 's3cr3t-value-0123456789';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

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
  ['user information', { target: `http://user:${SECRET}@shop.example/` }],
  ['a parameter of the path', { target: `/a;jsessionid=${SECRET}?b=1` }],
  ['a fragment in a Referer', { headers: [['Referer', `https://u:${SECRET}@a/b#access_token=${SECRET}`]] }],
  ['a cookie without a name', { headers: [['Cookie', `a=1; ${SECRET}`]] }],
  ['a name that is encoded', { target: `/?p%61ssword=${SECRET}` }],
  ['a name with escapes', { body: Buffer.from(`{"pass\\u0077ord":"${SECRET}"}`) }],
  ['JSON in JSON', { body: Buffer.from(JSON.stringify({ data: JSON.stringify({ password: SECRET }) })) }],
  ['JSON in JSON in JSON', { body: Buffer.from(JSON.stringify({ a: JSON.stringify({ b: `{"otp":"${SECRET}"}` }) })) }],
  ['GraphQL in JSON', { body: Buffer.from(JSON.stringify({ query: `mutation { login(password: "${SECRET}") }` })) }],
  ['GraphQL in the query', { target: `/?query=mutation%7Blogin(password:%22${SECRET}%22)%7D` }],
  [
    'chunks of exact bytes',
    {
      headers: [['Transfer-Encoding', 'chunked']],
      raw: Buffer.from(`POST / HTTP/1.1\r\n\r\n5\r\npassw\r\n1b\r\nord=${SECRET}\r\n0\r\n\r\n`),
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
  expect(redactor({ salt: 'other' })(before)).not.toEqual(after);
});

test('keeps what is not secret: names, schemes, other parameters', () => {
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

describe('names', () => {
  test.each([
    'X-Vault-Token',
    'PRIVATE-TOKEN',
    'ApiKey',
    'Token',
    'X-CSRFToken',
    'X-Session-Id',
    'X-Goog-Api-Key',
    'Ocp-Apim-Subscription-Key',
    'X-Hub-Signature-256',
    'Authentication',
    'X-Auth',
    'pass',
    'sid',
    'PHPSESSID',
    'csrf',
    '_csrf',
    'code',
    'key',
    'credential',
    'SAMLResponse',
    'user[password]',
    'csrfmiddlewaretoken',
    'csrfCode',
    'client_secret',
    'pass_ticket',
    'x-hasdk-token',
    'wsse:Password',
    'accesskey',
    'otp',
    'pin',
    'jwt',
    'session',
    'X-Amz-Signature',
  ])('%s is secret', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  test.each([
    'rootPath',
    'spotPrice',
    'slotPosition',
    'notPresent',
    'hotPoi',
    'footprint',
    'authType',
    'IsNewSession',
    'Session.MeasuresEnabled',
    'author',
    'authority',
    'authenticated',
    'shippin',
    'mapin',
    'tokenType',
    'passwordHint',
    'bypass',
    'compass',
    'keyword',
    'monkey',
    'Sec-WebSocket-Key',
    'Idempotency-Key',
    'zipcode',
    'postal_code',
    'id',
    '',
    'constructor',
  ])('%s is not', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

test('headers are judged like parameters; schemes and other headers stay', () => {
  const { headers } = redact(
    parts({
      headers: [
        ['X-Vault-Token', SECRET],
        ['X-Api-Key', `a ${SECRET}`],
        ['X-Id', SECRET],
      ],
    }),
  );
  expect(headers[0]?.[1]).not.toBe(SECRET);
  expect(headers[1]?.[1]).toMatch(/^[^a] /);
  expect(headers[2]?.[1]).toBe(SECRET);
});

test('a JSON Web Token is recognised by its form', () => {
  const { target, headers } = redact(parts({ target: `/reset/${JWT}/x`, headers: [['X-Data', JWT]] }));
  expect(target).toMatch(/^\/reset\/\w+\.\w+\.\w+\/x$/);
  expect([target, headers[0]?.[1]].join()).not.toContain('eyJ');
});

test.each([
  ['%27+OR+1%3D1--+', /^%27\+[A-Z]{2}\+\d%3D\d--\+$/],
  ['%41%7a%39%c3', /^%[45][0-9A-F]%[67][0-9a-f]%3\d%c3$/],
  ["1' OR '1'='1", /^\d' [A-Z]{2} '\d'='\d$/],
  ['"a/b+c=="', /^"[a-z]\/[a-z]\+[a-z]=="$/],
  ['../../etc/passwd', /^\.\.\/\.\.\/[a-z]{3}\/[a-z]{6}$/],
])('the mask of %s has the same form', (secret, shape) => {
  const value = redact(parts({ target: `/?password=${secret.replaceAll('&', '')}` })).target.slice(
    '/?password='.length,
  );
  expect(value).toMatch(shape);
  expect(value).not.toBe(secret);
});

test('UTF-8 stays UTF-8', () => {
  const body = redact(parts({ body: Buffer.from('{"password":"Пароль-é"}') })).body ?? Buffer.alloc(0);
  const text = Buffer.from(body).toString('utf8');
  expect(text).not.toContain('\ufffd');
  expect(text).not.toMatch(/Пароль|é/);
});

test('requested names are masked, names to keep are kept, and each is counted', () => {
  const counts: Record<string, number> = {};
  const onMasked = (name: string): number => (counts[name] = (counts[name] ?? 0) + 1);
  const { target, headers } = redactor({ mask: ['email'], keep: ['SID', 'theme', 'x-auth'], onMasked })(
    parts({
      target: '/?email=ann&sid=abc&token=abc&Token=abd',
      headers: [
        ['Cookie', 'theme=dark; id=7'],
        ['X-Auth', 'kept'],
      ],
    }),
  );
  expect(target).toMatch(/^\/\?email=(?!ann)[a-z]{3}&sid=abc&token=(?!abc)[a-z]{3}&Token=(?!abd)[a-z]{3}$/);
  expect(headers[0]?.[1]).toMatch(/^theme=dark; id=[^7]$/);
  expect(headers[1]?.[1]).toBe('kept');
  expect(counts).toEqual({ email: 1, token: 2, id: 1 });
});

test('an attack in a name that only contains a secret name stays', () => {
  const target = '/?rootPath=../../../../etc/passwd&authType=%27+OR+1%3D1';
  expect(redact(parts({ target })).target).toBe(target);
});
