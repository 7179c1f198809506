import { describe, expect, test } from 'vitest';
import type { ImportOptions } from '../../src/corpus/import-traffic.js';
import { encodeRequest } from '../../src/replay/wire/wire-format.js';
import { importing } from '../corpus/importing.js';

async function read(text: string | Buffer, options: Partial<ImportOptions> = {}) {
  const { requests, reasons, notes } = await importing('access-log', { 'a.log': text }, options);
  return {
    sent: requests.map((request) => encodeRequest(request).toString('latin1')),
    times: requests.map(({ at }) => at),
    reasons,
    notes: Object.keys(notes),
  };
}

const logFormat = (name: string): Partial<ImportOptions> => ({ logFormat: name });
const IP = '203.0.113.9';
const TIME = '01/Mar/2026:10:00:00 +0000';
const get = (target: string, ...headers: readonly string[]): string =>
  `GET ${target} HTTP/1.1\r\n${headers.map((header) => `${header}\r\n`).join('')}\r\n`;

const COMBINED = `${IP} - - [${TIME}] "GET /a?b HTTP/1.1" 200 5 "http://r/" "ua x"`;
const FULL = get('/a?b', 'Host: localhost', 'User-Agent: ua x', 'Referer: http://r/', `X-Forwarded-For: ${IP}`);
const SHORT = get('/a?b', 'Host: localhost', `X-Forwarded-For: ${IP}`);

const CADDY = JSON.stringify({
  ts: 1772359200.5,
  request: {
    remote_ip: IP,
    proto: 'HTTP/2.0',
    method: 'GET',
    host: 'shop.example',
    uri: '/a?b',
    headers: { 'User-Agent': ['ua'], Cookie: ['REDACTED'], Accept: ['a', 'b'] },
  },
  status: 200,
});
const TRAEFIK = JSON.stringify({
  ClientHost: IP,
  RequestMethod: 'GET',
  RequestPath: '/a?b',
  RequestHost: 'shop.example',
  RequestProtocol: 'HTTP/1.1',
  StartUTC: '2026-03-01T10:00:00.5Z',
  'request_User-Agent': 'ua',
});
const ALB =
  `h2 2026-03-01T10:00:00.5Z app/lb/1 ${IP}:4000 10.0.0.1:80 0 0 0 200 200 34 366 ` +
  '"GET https://shop.example:443/a?b HTTP/2.0" "ua x" ECDHE TLSv1.2 arn';
const HAPROXY =
  `Mar  1 10:00:00 lb haproxy[9]: ${IP}:4000 [01/Mar/2026:10:00:00.500] fe be/s 0/0/1/2/3 200 99 - - ---- ` +
  '1/1/0/0/0 0/0 {shop|ua} "GET /a?b HTTP/1.1"';
const IIS = [
  '#Software: Microsoft Internet Information Services 10.0',
  '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port c-ip cs(User-Agent) cs(Referer) cs-host sc-status',
  `2026-03-01 10:00:00 10.0.0.1 GET /a b 80 ${IP} ua+x - shop.example 200`,
].join('\n');
const CLOUDFRONT = [
  '#Version: 1.0',
  '#Fields: date time c-ip cs-method cs(Host) cs-uri-stem cs(User-Agent) cs-uri-query cs(Cookie) x-host-header',
  ['2026-03-01', '10:00:00', IP, 'GET', 'd1.cdn.example', '/a', 'ua%20x', 'b', 'c=1', 'shop.example'].join('\t'),
].join('\n');

describe('named formats', () => {
  test.each<[string, string, string[]]>([
    ['combined', COMBINED, [FULL]],
    ['nginx', COMBINED, [FULL]],
    ['common', `${IP} - - [${TIME}] "GET /a?b HTTP/1.1" 200 5`, [SHORT]],
    ['vhost_combined', `shop.example:80 ${COMBINED}`, [FULL.replace('localhost', 'shop.example')]],
    [
      'traefik',
      `${IP} - - [${TIME}] "GET /a?b HTTP/1.1" 200 5 - "ua x" 1 "r@docker" "http://10.0.0.1" 3ms`,
      [FULL.replace('Referer: http://r/\r\n', '')],
    ],
    ['traefik', TRAEFIK, [get('/a?b', 'Host: shop.example', 'User-Agent: ua', `X-Forwarded-For: ${IP}`)]],
    ['caddy', CADDY, [get('/a?b', 'Host: shop.example', 'User-Agent: ua', 'Accept: a, b', `X-Forwarded-For: ${IP}`)]],
    ['alb', ALB, [get('/a?b', 'Host: shop.example', 'User-Agent: ua x', `X-Forwarded-For: ${IP}`)]],
    ['haproxy', HAPROXY, [SHORT]],
    ['iis', IIS, [get('/a?b', 'Host: shop.example', 'User-Agent: ua x', `X-Forwarded-For: ${IP}`)]],
    [
      'cloudfront',
      CLOUDFRONT,
      [get('/a?b', 'Host: shop.example', 'User-Agent: ua x', 'Cookie: c=1', `X-Forwarded-For: ${IP}`)],
    ],
  ])('%s', async (name, text, sent) => {
    expect(await read(`${text}\n`, logFormat(name))).toMatchObject({ sent, times: [0], reasons: {} });
  });

  test('without a name, the format of each line is detected', async () => {
    const { sent, reasons } = await read(
      [COMBINED, `shop.example:80 ${COMBINED}`, CADDY, `${IP} - - [${TIME}] "GET /a?b HTTP/1.1" 200 5`].join('\n'),
    );
    expect([sent.length, sent[3], reasons]).toEqual([4, SHORT, {}]);
    expect((await read(IIS)).sent).toHaveLength(1);
  });

  test.each(['Time: 1', '{"a":1}', `${IP} "GET / HTTP/1.1"`])('%s is reported', async (line) => {
    const { sent, reasons } = await read(`${line}\n`);
    expect([sent, Object.values(reasons)]).toEqual([[], [1]]);
  });
});

describe('variables', () => {
  test('any header, the body and its length', async () => {
    const format =
      '$request_method $request_uri "$http_cookie" "$http_x_a" "$content_type" $content_length "$request_body"';
    const { sent } = await read('POST /a "c=1" "é" "a/b" 4 "x\\x00\\xFFy"\n', logFormat(format));
    expect(sent).toEqual([
      'POST /a HTTP/1.1\r\nHost: localhost\r\nCookie: c=1\r\nX-A: Ã©\r\nContent-Type: a/b\r\n' +
        'Content-Length: 4\r\n\r\nx\u0000ÿy',
    ]);
  });

  test.each([
    ['4 "-"', 'body-missing'],
    ['4 "abc"', 'body-damaged'],
  ])('a body that differs from what was sent: %s', async (logged, reason) => {
    const { sent, reasons } = await read(
      `POST /a ${logged}\n`,
      logFormat('$request_method $request_uri $content_length "$request_body"'),
    );
    expect([sent, reasons]).toEqual([[], { [reason]: 1 }]);
  });

  test("Apache's headers", async () => {
    const { sent } = await read(
      '"GET /a HTTP/1.0" "c=1" "h" "t"\n',
      logFormat('"%r" "%{Cookie}i" "%{Host}i" "%{x-token}i"'),
    );
    expect(sent).toEqual(['GET /a HTTP/1.0\r\nHost: h\r\nCookie: c=1\r\nX-Token: t\r\n\r\n']);
  });

  test('a format without the request is one error', async () => {
    await expect(read('x\ny\n', logFormat('nonsense'))).rejects.toMatchObject({
      code: 'TRAFFIC_INVALID',
      message: expect.stringMatching(/"nonsense" does not have the requested path/),
    });
  });
});

test('bytes are not changed', async () => {
  const line = (target: string) => Buffer.from(`${IP} - - [${TIME}] "GET ${target} HTTP/1.1" 200 5\n`, 'latin1');
  const { sent } = await read(Buffer.concat([line('/\\xE9'), line('/\xe9'), line('/\\xC3\\xA9')]));
  expect(sent.map((text) => text.split(' ')[1])).toEqual(['/%E9', '/%E9', '/%C3%A9']);
});

test('fields of JSON may be anywhere', async () => {
  const line = '{"req":{"m":"PUT","u":"/x","c":"k=v"},"when":1772359200123,"b":"a\\u0001"}\n';
  const logFields = new Map([
    ['method', 'req.m'],
    ['target', 'req.u'],
    ['time', 'when'],
    ['header:Cookie', 'req.c'],
    ['body', 'b'],
  ]);
  expect(await read(line, { logFields })).toMatchObject({
    sent: ['PUT /x HTTP/1.1\r\nHost: localhost\r\nCookie: k=v\r\nContent-Length: 2\r\n\r\na\u0001'],
    times: [0],
    notes: [],
  });
});

test.each([
  ['1772359200', '1772359201.5', 1500],
  ['1772359200000', '1772359201500', 1500],
  ['1772359200000000000', '1772359201500000000', 1500],
  ['"2026-03-01T10:00:00"', '"2026-03-01T11:00:01.5+01:00"', 1500],
  ['"01/Mar/2026:10:00:00 +0000"', '"01/Mar/2026:10:00:01.500"', 1500],
])('times: %s and %s', async (first, second, gap) => {
  const line = (time: string): string => `{"time":${time},"method":"GET","uri":"/"}\n`;
  expect((await read(line(first) + line(second))).times).toEqual([0, gap]);
});
