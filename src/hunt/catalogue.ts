import type { RequestBehaviour } from '../model/index.js';

/** One entry of the catalogue: what is sent, and how. */
export interface CatalogueShape {
  readonly name: string;
  readonly method: string;
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly behaviour?: RequestBehaviour;
}

const XML = '<?xml version="1.0"?>';
const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data; boundary=edge';
const PART = '--edge\r\nContent-Disposition: form-data; name="a"\r\n\r\none\r\n';

/** Content types with bodies that are sound, broken, empty, deep or large. */
const BODIES: Readonly<Record<string, readonly (readonly [name: string, type: string, body: string])[]>> = {
  form: [
    ['sound', FORM, 'a=1&b=two'],
    ['broken escapes', FORM, 'a=%zz&b=%'],
    ['100 fields', FORM, Array.from({ length: 100 }, (_, i) => `f${i}=v${i}`).join('&')],
    ['long value', FORM, `a=${'x'.repeat(16_384)}`],
    ['empty', FORM, ''],
  ],
  json: [
    ['sound', 'application/json', '{"a":1,"b":["two",null]}'],
    ['broken', 'application/json', '{"a":1,"b":['],
    ['deep', 'application/json', `${'['.repeat(200)}${']'.repeat(200)}`],
    ['equal keys', 'application/json', '{"a":1,"a":2,"a":3}'],
    ['no value', 'application/json', 'nothing'],
    ['empty', 'application/json', ''],
  ],
  xml: [
    ['sound', 'text/xml', `${XML}<a><b>one</b></a>`],
    ['broken', 'text/xml', `${XML}<a><b>one</a>`],
    ['cut off', 'text/xml', `${XML}<a><b>one`],
    ['no element', 'text/xml', 'nothing'],
    ['entity', 'text/xml', `${XML}<!DOCTYPE a [<!ENTITY e "one">]><a>&e;</a>`],
    ['deep', 'text/xml', `${XML}${'<a>'.repeat(100)}${'</a>'.repeat(100)}`],
    ['application', 'application/xml', `${XML}<a/>`],
    ['soap', 'application/soap+xml', `${XML}<e:Envelope xmlns:e="urn:e"><e:Body/></e:Envelope>`],
    ['empty', 'text/xml', ''],
  ],
  multipart: [
    ['sound', MULTIPART, `${PART}--edge--\r\n`],
    ['no end', MULTIPART, PART],
    ['no boundary', 'multipart/form-data', `${PART}--edge--\r\n`],
    ['wrong boundary', 'multipart/form-data; boundary=other', `${PART}--edge--\r\n`],
    [
      'file',
      MULTIPART,
      '--edge\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\nx\r\n--edge--\r\n',
    ],
    ['20 parts', MULTIPART, `${PART.repeat(20)}--edge--\r\n`],
    ['empty', MULTIPART, ''],
  ],
  other: [
    ['text', 'text/plain', 'some text'],
    ['bytes', 'application/octet-stream', '\u0000\u0001\u00fe\u00ff'],
    ['unknown type', 'application/x-unknown', 'a=1'],
    ['broken type', 'text', 'a=1'],
    ['two charsets', `${FORM}; charset=utf-8; charset=utf-7`, 'a=1'],
  ],
};

const JSON_HEADERS = { 'Content-Type': 'application/json' };
const JSON_BODY = '{"a":1,"b":["two",null]}';
const hangUp = (of: 'request' | 'response', bytes: number | null, how: 'close' | 'reset'): RequestBehaviour => ({
  abort: { of, bytes, how },
});

const WITHOUT_BODY: readonly CatalogueShape[] = [
  { name: 'get', method: 'GET' },
  { name: 'head', method: 'HEAD' },
  { name: 'options', method: 'OPTIONS' },
  { name: 'delete', method: 'DELETE' },
  { name: 'trace', method: 'TRACE' },
  { name: 'unknown method', method: 'BREW' },
  { name: 'long query', method: 'GET', target: `/?q=${'x'.repeat(4000)}` },
  {
    name: '100 arguments',
    method: 'GET',
    target: `/?${Array.from({ length: 100 }, (_, i) => `a${i}=${i}`).join('&')}`,
  },
  { name: 'broken escapes in the query', method: 'GET', target: '/?q=%zz&r=%' },
  { name: 'no UTF-8 in the query', method: 'GET', target: '/?q=%ff%fe' },
  { name: 'null byte in the query', method: 'GET', target: '/?q=%00' },
  { name: 'dots in the path', method: 'GET', target: '/a/../b/./c' },
  {
    name: 'many cookies',
    method: 'GET',
    headers: { Cookie: Array.from({ length: 40 }, (_, i) => `c${i}=${i}`).join('; ') },
  },
  { name: 'broken cookie', method: 'GET', headers: { Cookie: '=;;a=;' } },
  { name: 'long header', method: 'GET', headers: { 'X-Long': 'x'.repeat(4000) } },
  { name: 'range', method: 'GET', headers: { Range: 'bytes=0-3,5-7' } },
  { name: 'conditional', method: 'GET', headers: { 'If-Modified-Since': 'Thu, 01 Jan 2026 00:00:00 GMT' } },
  { name: 'broken authorization', method: 'GET', headers: { Authorization: 'Basic !!!' } },
  { name: 'forwarded', method: 'GET', headers: { 'X-Forwarded-For': '192.0.2.7, ::1, nobody' } },
  { name: 'websocket', method: 'GET', headers: { Connection: 'Upgrade', Upgrade: 'websocket' } },
  { name: 'connection close', method: 'GET', headers: { Connection: 'close' } },
];

const BEHAVIOURS: readonly CatalogueShape[] = [
  { name: 'get over HTTP/1.0', method: 'GET', behaviour: { version: '1.0' } },
  { name: 'new connection each time', method: 'GET', behaviour: { freshConnection: true } },
  { name: 'pipelined', method: 'GET', behaviour: { pipelined: true } },
  { name: 'headers in two pieces', method: 'GET', behaviour: { breaks: [20], pauseMs: 5 } },
  { name: 'reset before the answer', method: 'GET', behaviour: hangUp('request', null, 'reset') },
  { name: 'close before the answer', method: 'GET', behaviour: hangUp('request', null, 'close') },
  { name: 'close in the headers', method: 'GET', behaviour: hangUp('request', 20, 'close') },
  { name: 'close in the answer', method: 'GET', behaviour: hangUp('response', 20, 'close') },
  { name: 'reset in the answer', method: 'GET', behaviour: hangUp('response', 20, 'reset') },
  ...(
    [
      ['json in chunks', { chunks: [5, 5] }],
      ['json in two pieces', { breaks: [-10], pauseMs: 5 }],
      ['close in the body', hangUp('request', 160, 'close')],
      ['reset in the body', hangUp('request', 160, 'reset')],
      ['json over HTTP/1.0', { version: '1.0' }],
    ] as const
  ).map(([name, behaviour]) => ({ name, method: 'POST', headers: JSON_HEADERS, body: JSON_BODY, behaviour })),
  {
    name: 'broken xml in two pieces',
    method: 'POST',
    headers: { 'Content-Type': 'text/xml' },
    body: `${XML}<a><b>one</a>`,
    behaviour: { breaks: [-8], pauseMs: 5 },
  },
  {
    name: 'xml in chunks',
    method: 'POST',
    headers: { 'Content-Type': 'text/xml' },
    body: `${XML}<a><b>one</b></a>`,
    behaviour: { chunks: [10, 7] },
  },
];

const WITH_BODY: readonly CatalogueShape[] = [
  ...Object.entries(BODIES).flatMap(([kind, bodies]) =>
    bodies.map(([name, type, body]) => ({
      name: kind === 'other' ? name : `${kind}, ${name}`,
      method: 'POST',
      headers: { 'Content-Type': type },
      body,
    })),
  ),
  { name: 'no content type', method: 'POST', body: 'a=1' },
  { name: 'put', method: 'PUT', headers: JSON_HEADERS, body: JSON_BODY },
  { name: 'get with a body', method: 'GET', headers: JSON_HEADERS, body: JSON_BODY },
  {
    name: 'said to be gzip',
    method: 'POST',
    headers: { ...JSON_HEADERS, 'Content-Encoding': 'gzip' },
    body: JSON_BODY,
  },
];

/**
 * Shapes of requests that every HTTP server meets: methods, content types with sound and broken bodies, and clients
 * that send in an unusual way or hang up. They are our own, and not made for one product.
 */
export const CATALOGUE: readonly CatalogueShape[] = [...WITHOUT_BODY, ...WITH_BODY, ...BEHAVIOURS];
