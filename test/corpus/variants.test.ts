import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { FormatName } from '../../src/corpus/formats.js';
import { encodeRequest } from '../../src/replay/wire/wire-format.js';
import { importing } from './importing.js';

/** What one file gives: each request as it is sent without its fixed headers, or the reasons for none. */
type Outcome = readonly string[] | { readonly reason: string };

const IP = '203.0.113.9';
const LINE = `${IP} - - [01/Mar/2026:10:00:00 +0000] "GET /a?b HTTP/1.1" 200 5 "-" "x"\n`;
const SENT = [`GET /a?b HTTP/1.1|Host: localhost|User-Agent: x|X-Forwarded-For: ${IP}`];
const inShop = (target: string, address = IP): string[] => [
  `GET ${target} HTTP/1.1|Host: shop.test|User-Agent: x|X-Forwarded-For: ${address}`,
];
const json = (value: unknown): string => `${JSON.stringify(value)}\n`;

async function outcome(format: FormatName, name: string, content: string | Buffer): Promise<Outcome> {
  const { requests, reasons } = await importing(format, { [name]: content });
  if (requests.length === 0) return { reason: Object.keys(reasons).join() };
  return requests.map((one) =>
    encodeRequest(one)
      .toString('latin1')
      .replace(/\r\n\r\n$/, '')
      .replaceAll('\r\n', '|'),
  );
}

test.each<[string, string | Buffer, Outcome]>([
  [
    'a client with an IPv6 address, a user with a space',
    LINE.replace(`${IP} - -`, '2001:db8::1 - bob smith'),
    [SENT[0]?.replace(IP, '2001:db8::1') ?? ''],
  ],
  ['packed, under any name', gzipSync(LINE), SENT],
  ['cut in its last line', LINE + LINE.slice(0, 60), SENT],
  ['behind syslog', `<190>Mar  1 10:00:00 host nginx: ${LINE}`, SENT],
  ['behind syslog of 2009', `<190>1 2026-03-01T10:00:00Z host nginx 7 - - ${LINE}`, SENT],
  ['behind a time in ISO 8601 and a host', `2026-03-01T10:00:00+00:00 host nginx[7]: ${LINE}`, SENT],
  ['behind docker compose', `web-1  | ${LINE}`, SENT],
  ['behind Kubernetes', `2026-03-01T10:00:00.0Z stdout F ${LINE}`, SENT],
  ['in the files of Docker', json({ log: LINE, stream: 'stdout', time: '2026-03-01T10:00:00Z' }), SENT],
  ['in a message of a collector', json({ message: LINE.trim(), host: { name: 'h' } }), SENT],
  ['of Traefik', LINE.replace('"x"', '"x" 7 "web@docker" "http://10.0.0.1" 3ms'), SENT],
  [
    'of the classic balancer of AWS',
    `2026-03-01T10:00:00.9Z lb ${IP}:28 10.0.0.1:80 0.1 0.1 0.1 200 200 0 29 ` +
      `"GET http://shop.test:80/p HTTP/1.1" "x" - -\n`,
    inShop('/p'),
  ],
  [
    'of a balancer of AWS, without its name',
    `https 2026-03-01T10:00:00.5Z app/lb/1 ${IP}:4000 10.0.0.1:80 0 0 0 200 200 34 366 ` +
      `"GET https://shop.test:443/p HTTP/2.0" "x" C T a\n`,
    inShop('/p'),
  ],
  [
    'of HAProxy, without its name',
    `${IP}:4000 [01/Mar/2026:10:00:00.500] fe be/s 0/0/1/2/3 200 99 - - ---- 1/1/0/0/0 0/0 "GET /a?b HTTP/1.1"\n`,
    [`GET /a?b HTTP/1.1|Host: localhost|X-Forwarded-For: ${IP}`],
  ],
  [
    'of Envoy',
    `[2026-03-01T10:00:00.3Z] "GET /p HTTP/2" 204 - 154 0 226 100 "${IP}" "x" "id" "shop.test" "tcp://1"\n`,
    [`GET /p HTTP/1.1|Host: shop.test|User-Agent: x|X-Forwarded-For: ${IP}`],
  ],
  [
    'of Istio',
    '[2026-03-01T10:00:00.3Z] "GET /p HTTP/1.1" 418 - via_upstream - "-" 0 135 4 4 "-" "x" "id" "shop.test" "1" in\n',
    ['GET /p HTTP/1.1|Host: shop.test|User-Agent: x'],
  ],
  [
    'of Envoy in JSON',
    json({ start_time: '2026-03-01T10:00:00Z', method: 'GET', path: '/p', authority: 'shop.test', user_agent: 'x' }),
    ['GET /p HTTP/1.1|Host: shop.test|User-Agent: x'],
  ],
  [
    'of Cloudflare',
    json({
      ClientIP: IP,
      ClientRequestHost: 'shop.test',
      ClientRequestMethod: 'GET',
      ClientRequestURI: '/p',
      ClientRequestUserAgent: 'x',
    }),
    inShop('/p'),
  ],
  [
    'of the WAF of AWS',
    json({
      timestamp: 1772359200000,
      httpRequest: {
        clientIp: IP,
        headers: [
          { name: 'Host', value: 'shop.test' },
          { name: 'User-Agent', value: 'x' },
        ],
        uri: '/p',
        args: 'b=1',
        httpVersion: 'HTTP/1.1',
        httpMethod: 'GET',
      },
    }),
    inShop('/p?b=1'),
  ],
  [
    'of the gateway of Azure',
    json({
      properties: {
        clientIP: IP,
        httpMethod: 'GET',
        requestUri: '/p',
        requestQuery: 'b=1',
        userAgent: 'x',
        host: 'shop.test',
      },
    }),
    inShop('/p?b=1'),
  ],
  [
    'of Google, with the whole URL',
    json({ httpRequest: { requestMethod: 'GET', requestUrl: 'https://shop.test/p', userAgent: 'x', remoteIp: IP } }),
    inShop('/p'),
  ],
  [
    'of Squid is reported',
    `1772359200.085 430 ${IP} TCP_MISS/200 12 GET http://a/ - DIRECT/1.2.3.4 text/html\n`,
    { reason: 'log-format' },
  ],
  ['in columns with tabs is reported', LINE.replaceAll(' ', '\t'), { reason: 'log-format' }],
])('an access log %s', async (_, content, expected) => {
  expect(await outcome('access-log', 'a.log', content)).toEqual(expected);
});

test.each([
  ['bzip2', 'BZh91AY&SY', 'bunzip2'],
  ['xz', '\u00fd7zXZ\0', 'unxz'],
  ['zstd', '(\u00b5/\u00fd', 'unzstd'],
])('a file packed with %s is an error that names the program', async (_, begin, program) => {
  await expect(importing('har', { 'a.log': Buffer.from(begin, 'latin1') })).rejects.toMatchObject({
    code: 'TRAFFIC_INVALID',
    hint: expect.stringContaining(program) as string,
  });
});

const har = (request: object): string =>
  json({ log: { entries: [{ request: { method: 'GET', url: 'http://h/', headers: [], ...request } }] } });
const length = (value: string) => [{ name: 'Content-Length', value }];

test.each<[string, string, Outcome]>([
  [
    'a query that is not in the URL',
    har({ queryString: [{ name: 'q', value: 'a b&' }] }),
    ['GET /?q=a+b%26 HTTP/1.1|Host: h'],
  ],
  [
    'a body behind its own headers, as Firefox wrote it',
    har({
      method: 'POST',
      headers: length('3'),
      postData: { text: 'Content-Type: a/b\r\nContent-Length: 3\r\n\r\na=1' },
    }),
    ['POST / HTTP/1.1|Host: h|Content-Length: 3||a=1'],
  ],
  [
    'a text that the tool cut',
    har({ method: 'POST', headers: length('9'), postData: { text: 'abc', _truncated: true } }),
    { reason: 'body-damaged' },
  ],
  ['entries in lines, without a list', json({ request: { method: 'GET', url: 'http://h/' } }), { reason: 'malformed' }],
])('har: %s', async (_, content, expected) => {
  expect(await outcome('har', 'a.har', content)).toEqual(expected);
});

const item = (request: string): string => `<items burpVersion="1"><item>${request}</item></items>`;
test.each<[string, string, Outcome]>([
  [
    'sections that are split',
    item('<request base64="false"><![CDATA[GET /]]]]><![CDATA[> HTTP/1.1\r\n\r\n]]></request>'),
    ['GET /]]> HTTP/1.1'],
  ],
  ['no sections', item('<request base64="false">GET /?a&lt;&#98; HTTP/1.1\r\n\r\n</request>'), ['GET /?a<b HTTP/1.1']],
  [
    'base64 without a section',
    item(`<request base64="true">${btoa('GET / HTTP/1.1\r\n\r\n')}</request>`),
    ['GET / HTTP/1.1'],
  ],
  [
    'a byte order mark',
    `\ufeff${item('<request base64="false"><![CDATA[GET / HTTP/1.1\r\n\r\n]]></request>')}`,
    ['GET / HTTP/1.1'],
  ],
  ['no items', '<?xml version="1.0"?>\n<!DOCTYPE items [\n]>\n<items burpVersion="1">\n</items>', { reason: '' }],
])('burp: %s', async (_, content, expected) => {
  expect(await outcome('burp', 'a.xml', content)).toEqual(expected);
});

test.each<[string, string, Outcome]>([
  [
    'as cmd.exe has it',
    'curl ^"http://h/?x=1^&y=^%^2^" ^\r\n -H ^"A: ^\\^"b^\\^"^" ^\r\n -d ^"^{^\\^"a^\\^":1^}^"\r\n',
    [
      'POST /?x=1&y=%2 HTTP/1.1|Host: h|A: "b"|Content-Type: application/x-www-form-urlencoded|' +
        'Content-Length: 7||{"a":1}',
    ],
  ],
  [
    'copied from a terminal, with its output elsewhere',
    '$ curl http://h/ > out.txt 2>&1\n',
    ['GET / HTTP/1.1|Host: h'],
  ],
  ['headers taken away, and empty ones', "curl -H 'Accept:' -H 'X;' http://h/\n", ['GET / HTTP/1.1|Host: h|X: ']],
  [
    'a host without a scheme, the usual port',
    'curl localhost:8080/x\ncurl https://h:443/\n',
    ['GET /x HTTP/1.1|Host: localhost:8080', 'GET / HTTP/1.1|Host: h'],
  ],
  [
    'dots, which curl resolves',
    'curl http://h/a/../../b/.?/../\ncurl --path-as-is http://h/../b\n',
    ['GET /b/?/../ HTTP/1.1|Host: h', 'GET /../b HTTP/1.1|Host: h'],
  ],
  [
    '--json',
    "curl --json '{}' http://h/\n",
    ['POST / HTTP/1.1|Host: h|Accept: application/json|Content-Type: application/json|Content-Length: 2||{}'],
  ],
  ['a variable', 'curl http://h/$ID\n', { reason: 'template' }],
  ['a variable in quotation marks', 'curl "http://h/${ID}"\n', { reason: 'template' }],
  ['a dollar that is text', `curl 'http://h/$ID' -H "A: \\$b"\n`, ['GET /$ID HTTP/1.1|Host: h|A: $b']],
  ['input from elsewhere', 'curl -d @- http://h/ <<EOF\n', { reason: 'template' }],
  ['a pattern of URLs', "curl 'http://h/[1-3]'\n", { reason: 'template' }],
  ['brackets that are text', "curl -g 'http://h/[1-3]'\n", ['GET /[1-3] HTTP/1.1|Host: h']],
  ['cookies in a file', 'curl -b jar.txt http://h/\n', { reason: 'needs-answer' }],
  ['forms from files', 'curl -F a=@b http://h/\n', { reason: 'unknown-key' }],
])('curl: %s', async (_, content, expected) => {
  expect(await outcome('curl', 'a.sh', content)).toEqual(expected);
});

test('vegeta: a body that is not base64 is reported', async () => {
  const target = json({ method: 'POST', url: 'http://h/', body: 'not base64 !' });
  expect(await outcome('vegeta', 'a.json', target)).toEqual({ reason: 'malformed' });
});
