import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { FormatName } from '../../src/corpus/formats.js';
import { encodeRequest } from '../../src/replay/wire/wire-format.js';
import { importing } from './importing.js';

/** What is sent, or why nothing is: `reason`, and what is reported besides. */
async function outcome(format: FormatName, files: Readonly<Record<string, string | Buffer>>, paths?: string[]) {
  const { requests, reasons, notes } = await importing(format, files, paths === undefined ? {} : { paths });
  return {
    sent: requests.map((request) => encodeRequest(request).toString('latin1')),
    reasons: Object.keys(reasons),
    notes: Object.keys(notes),
  };
}

/** A POST in HAR. */
const posted = (request: object, entry: object = {}): string =>
  JSON.stringify({
    log: {
      entries: [
        {
          startedDateTime: '2026-03-01T10:00:00Z',
          request: { method: 'POST', url: 'http://a/', headers: [], ...request },
          ...entry,
        },
      ],
    },
  });
const typed = (type: string, length?: number) => [
  { name: 'Content-Type', value: type },
  ...(length === undefined ? [] : [{ name: 'Content-Length', value: String(length) }]),
];
const FORM = 'application/x-www-form-urlencoded';

describe('har', () => {
  test.each<[string, object, string, string[]]>([
    [
      'binary text as one character for each byte',
      { headers: typed('a/b', 3), postData: { text: '\u0000ÿa' } },
      '\u0000ÿa',
      [],
    ],
    ['text as UTF-8', { headers: typed('a/b', 4), postData: { text: 'aÿb' } }, 'aÃ¿b', []],
    [
      'line ends that a tool made shorter',
      { headers: typed('a/b', 6), postData: { text: 'a\nb\n' } },
      'a\r\nb\r\n',
      [],
    ],
    ['the size that the tool counted', { headers: typed('a/b'), bodySize: 2, postData: { text: 'aÿ' } }, 'aÿ', []],
    [
      'fields that were encoded already',
      { headers: typed(FORM, 5), postData: { params: [{ name: 'q', value: '%2b' }] } },
      'q=%2b',
      [],
    ],
    [
      'fields with %20',
      { headers: typed(FORM, 7), postData: { params: [{ name: 'q', value: 'a b' }] } },
      'q=a%20b',
      [],
    ],
    [
      'fields with +',
      { headers: typed(FORM, 5), postData: { params: [{ name: 'q', value: 'a b' }] } },
      'q=a+b',
      ['form-rebuilt'],
    ],
    [
      'fields without a length',
      { headers: typed(FORM), postData: { params: [{ name: 'q', value: 'a b' }] } },
      'q=a+b',
      ['form-rebuilt'],
    ],
    [
      'fields that can be written in one way only',
      { headers: typed(FORM), postData: { params: [{ name: 'q', value: 'ab' }] } },
      'q=ab',
      [],
    ],
    [
      'multipart fields',
      {
        headers: typed('multipart/form-data; boundary=b', 116),
        postData: { params: [{ name: 'f', fileName: 'x', contentType: 'a/b', value: 'hi' }] },
      },
      '--b\r\nContent-Disposition: form-data; name="f"; filename="x"\r\nContent-Type: a/b\r\n\r\nhi\r\n--b--\r\n',
      [],
    ],
    [
      'the type of the body where the header is missing',
      { headers: [], postData: { mimeType: 'a/b', text: 'x' } },
      'x',
      ['type-added'],
    ],
    ['nothing where nothing was', { headers: [], postData: null }, '', []],
    ['nor where the text is empty', { headers: typed('a/b', 0), postData: { text: '' } }, '', []],
  ])('%s', async (_, request, body, notes) => {
    const length = String(body.length);
    const stated = JSON.parse(JSON.stringify(request).replace('"116"', `"${length}"`)) as object;
    const found = await outcome('har', { 'a.har': posted(stated) });
    expect(found.sent.map((text) => text.slice(text.indexOf('\r\n\r\n') + 4))).toEqual([body]);
    expect(found.sent[0]).toContain(`Content-Length: ${length}\r\n`);
    expect(found).toMatchObject({ reasons: [], notes });
  });

  test.each<[string, object, string]>([
    ['a length without a body', { headers: typed('a/b', 500) }, 'body-missing'],
    ['a size without a body', { bodySize: 500 }, 'body-missing'],
    ['an empty text with a length', { headers: typed('a/b', 9), postData: { text: '', params: [] } }, 'body-missing'],
    ['a text of another length', { headers: typed('a/b', 4), postData: { text: 'a\ufffd\ufffd' } }, 'body-damaged'],
    ['lost bytes without a length', { postData: { text: 'a\ufffd' } }, 'body-damaged'],
    [
      'base64 of another length',
      { headers: typed('a/b', 4), postData: { text: 'AAEC', encoding: 'base64' } },
      'body-damaged',
    ],
    [
      'fields that cannot have this length',
      { headers: typed(FORM, 99), postData: { params: [{ name: 'a', value: 'b' }] } },
      'body-damaged',
    ],
    [
      'multipart fields without a boundary',
      { headers: typed('multipart/form-data'), postData: { params: [{ name: 'a', value: 'b' }] } },
      'body-missing',
    ],
    [
      'a multipart file without its content',
      { headers: typed('multipart/form-data; boundary=b'), postData: { params: [{ name: 'a', fileName: 'b' }] } },
      'body-missing',
    ],
    ['a file that is not there', { postData: { _file: 'none.json' } }, 'body-missing'],
    ['a file elsewhere', { postData: { _file: '../a.har' } }, 'body-missing'],
    ['a WebSocket', { url: 'wss://a/' }, 'not-http'],
    ['a data URL', { url: 'data:text/plain,hi' }, 'not-http'],
    ['a tunnel', { method: 'CONNECT' }, 'not-http'],
    ['a list where a field should be', { headers: typed(FORM), postData: { params: [null] } }, 'malformed'],
  ])('%s is reported, and nothing is sent', async (_, request, reason) => {
    expect(await outcome('har', { 'a.har': posted(request) })).toMatchObject({ sent: [], reasons: [reason] });
  });

  test('requests answered from the cache are skipped; revalidated ones are not', async () => {
    const cached = { cache: { beforeRequest: { eTag: 'x' } } };
    expect((await outcome('har', { 'a.har': posted({}, { _fromCache: 'disk' }) })).reasons).toEqual(['cached']);
    expect((await outcome('har', { 'a.har': posted({}, cached) })).reasons).toEqual(['cached']);
    expect((await outcome('har', { 'a.har': posted({}, { ...cached, response: { status: 304 } }) })).reasons).toEqual(
      [],
    );
  });

  test('headers without a value, cookies without a header, names in Unicode, HTTP/1.0', async () => {
    const request = {
      method: 'GET',
      url: 'http://münchen.test/x',
      httpVersion: 'HTTP/1.0',
      headers: [{ name: 'X', value: null }],
      cookies: [
        { name: 'sid', value: '1' },
        { name: 't', value: '2' },
      ],
    };
    expect(await outcome('har', { 'a.har': posted(request) })).toEqual({
      sent: ['GET /x HTTP/1.0\r\nHost: xn--mnchen-3ya.test\r\nX: \r\nCookie: sid=1; t=2\r\n\r\n'],
      reasons: [],
      notes: ['cookies-rebuilt'],
    });
  });

  const attached = posted({ headers: typed('application/json', 7), postData: { text: '', _file: 'da39.json' } });
  test("Playwright's bodies in files, in a folder and in a zip", async () => {
    const [sent] = (await outcome('har', { 'a.har': attached, 'da39.json': '{"a":1}' }, ['a.har'])).sent;
    expect(sent).toMatch(/\r\n\r\n\{"a":1\}$/);
    const packed = zipOf({ 'har.har': attached, 'da39.json': '{"a":1}' });
    expect((await outcome('har', { 'a.zip': packed }, ['a.zip'])).sent).toEqual([sent]);
  });

  test.each([
    ['cut short', zipOf({ 'har.har': attached }).subarray(0, -30)],
    ['no zip', Buffer.from('PK')],
  ])('a zip that is %s is an error', async (_, bytes) => {
    await expect(importing('har', { 'a.zip': bytes })).rejects.toMatchObject({ code: 'TRAFFIC_INVALID' });
  });

  test('a document that is not an archive is reported', async () => {
    const { skipped } = await importing('har', { 'a.har': '{"a":1}' });
    expect(skipped).toEqual(['a.har:1 The file is not a HAR: it has no list of "entries"']);
  });
});

/** A zip file, made by hand: one member stored, the others deflated. */
function zipOf(members: Readonly<Record<string, string>>): Buffer {
  const [files, directory]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [i, [name, text]] of Object.entries(members).entries()) {
    const packed = i === 0 ? Buffer.from(text) : deflateRawSync(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(i === 0 ? 0 : 8, 4);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(Buffer.byteLength(text), 18);
    common.writeUInt16LE(name.length, 22);
    files.push(Buffer.from([0x50, 0x4b, 3, 4]), common, Buffer.from(name), packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), common, tail, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(members).length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, listed, end]);
}

/** A transaction of ModSecurity 2: each part is followed by the line break in front of the next boundary. */
const native = (
  head: string,
  parts: Readonly<Record<string, string>>,
  time = '[01/Mar/2026:10:00:00 +0000] x',
): string =>
  `--ab-A--\n${time}\n--ab-B--\n${head}\n\n${Object.entries(parts)
    .map(([part, text]) => `--ab-${part}--\n${text}\n`)
    .join('')}--ab-Z--\n\n`;
const post = (length: number, type = 'text/plain'): string =>
  `POST / HTTP/1.1\nHost: a\nContent-Type: ${type}\nContent-Length: ${length}`;

describe('modsecurity-native', () => {
  test.each<[string, string, string, string[]]>([
    ['part C', native(post(3), { C: 'a=1' }), 'a=1', []],
    ['part I where C is not logged', native(post(3, FORM), { I: 'a=1' }), 'a=1', []],
    ['part C rather than I', native(post(3), { C: 'a=1', I: 'b=2' }), 'a=1', []],
    ['CR LF, and line breaks at its end', native(post(9), { C: 'a\r\n\r\nb\r\n\n' }), 'a\r\n\r\nb\r\n\n', []],
    [
      'a line like a boundary of another transaction',
      native(post(13), { C: 'x\n--ff-A--\r\ny' }),
      'x\n--ff-A--\r\ny',
      [],
    ],
    ['its length where it is longer', native(post(2), { C: 'a=1' }), 'a=1', ['length-corrected']],
    [
      'chunks that are not logged',
      native('POST / HTTP/1.1\nTransfer-Encoding: chunked', { C: 'a=1' }),
      'a=1',
      ['chunks-not-logged'],
    ],
    [
      'HTTP/2 without a length',
      native('POST / HTTP/2.0\nHost: a', { C: 'a=1' }),
      'a=1',
      ['from-http2', 'length-added'],
    ],
    [
      'libmodsecurity, which writes one more line break',
      native(post(2), { C: 'a\n\n' }).replaceAll('-ab-', '-ab---').replaceAll('--ab', '---ab'),
      'a\n',
      [],
    ],
  ])('%s', async (_, text, body, notes) => {
    const { sent, reasons, notes: told } = await outcome('modsecurity-native', { 'a.log': text });
    expect(sent.map((one) => one.slice(one.indexOf('\r\n\r\n') + 4))).toEqual([body]);
    expect(sent[0]).toContain(`Content-Length: ${body.length}\r\n`);
    expect([reasons, told]).toEqual([[], notes]);
  });

  test.each<[string, string, string]>([
    ['no part with the body', native(post(24), {}), 'body-missing'],
    ['an empty part', native(post(24), { C: '' }), 'body-missing'],
    ['part I of a multipart body', native(post(3, 'multipart/form-data; boundary=b'), { I: 'a=1' }), 'body-missing'],
    ['a body cut at a NUL byte', native(post(24), { C: 'abc' }), 'body-damaged'],
    ['HTTP/2 with neither', native('POST / HTTP/2.0\nHost: a', {}), 'body-missing'],
    ['lengths that differ', native(`${post(1)}\nContent-Length: 2`, { C: 'a' }), 'contradiction'],
  ])('%s is reported, and nothing is sent', async (_, text, reason) => {
    expect(await outcome('modsecurity-native', { 'a.log': text })).toMatchObject({ sent: [], reasons: [reason] });
  });

  test('times with a doubled minus, and HTTP/1.0', async () => {
    const at = (zone: string) => native('GET / HTTP/1.0', {}, `[10/Mar/2025:12:13:30 ${zone}] x`);
    const { requests } = await importing('modsecurity-native', { 'a.log': at('--0400') + at('+0000') });
    expect(requests.map((request) => request.at)).toEqual([0, -4 * 3600 * 1000]);
    expect(encodeRequest(requests[0]!).toString()).toBe('GET / HTTP/1.0\r\n\r\n');
  });

  test('a transaction without an end does not affect the next one', async () => {
    const { requests, skipped } = await importing('modsecurity-native', {
      'a.log': `--aa-A--\n[01/Mar/2026:10:00:00 +0000] x\n--aa-C--\nbody\n${native('GET /next HTTP/1.1', {})}`,
    });
    expect(requests.map(({ target }) => target)).toEqual(['/next']);
    expect(skipped).toEqual(['a.log:1 The transaction has no end (part Z)']);
  });
});

describe('modsecurity-json', () => {
  const v3 = (request: object, more: object = {}): string =>
    JSON.stringify({
      transaction: { request: { method: 'GET', uri: '/', http_version: 1.1, headers: {}, ...request }, ...more },
    });

  test('equal names of headers, HTTP/1.0, bytes that are not UTF-8', async () => {
    const headers = '{"X":"1","X":"\xff","Y":["2","3"]}';
    const request = `{"method":"GET","uri":"/caf\xe9?\\u00e9","http_version":1.0,"headers":${headers}}`;
    const text = `{"transaction":{"request":${request}}}`;
    expect(await outcome('modsecurity-json', { 'a.json': Buffer.from(text, 'latin1') })).toMatchObject({
      sent: ['GET /caf%E9?%C3%A9 HTTP/1.0\r\nX: 1\r\nX: ÿ\r\nY: 2\r\nY: 3\r\n\r\n'],
    });
  });

  test.each<[string, string, string]>([
    ['a body that was not logged', v3({ method: 'POST', headers: { 'Content-Length': '24' } }), 'body-missing'],
    ['a body cut short', v3({ method: 'POST', headers: { 'Content-Length': '24' }, body: 'abc' }), 'body-damaged'],
    ['an unknown version', v3({ http_version: 1.7 }), 'unsendable'],
  ])('%s is reported, and nothing is sent', async (_, text, reason) => {
    expect(await outcome('modsecurity-json', { 'a.json': text })).toMatchObject({ sent: [], reasons: [reason] });
  });

  test('Coraza: attack by its interruption, time in nanoseconds', async () => {
    const at = (nanoseconds: string, interrupted: boolean) =>
      v3({ http_version: '', protocol: 'HTTP/1.1' }, { unix_timestamp: 0, is_interrupted: interrupted }).replace(
        '"unix_timestamp":0',
        `"unix_timestamp":${nanoseconds}`,
      );
    const { requests } = await importing('modsecurity-json', {
      'a.json': `${at('1741608810000000000', true)}\n${at('1741608810250000000', false)}\n`,
    });
    expect(requests.map(({ label, at: time }) => [label, time])).toEqual([
      ['attack', 0],
      ['recorded', 250],
    ]);
  });

  test('a line with a prefix, and an object over several lines', async () => {
    const pretty = JSON.stringify(JSON.parse(v3({ uri: '/2' })), null, 2);
    const { requests, skipped } = await importing('modsecurity-json', {
      'a.json': `2026-03-01T10:00:00Z stdout F ${v3({ uri: '/1' })}\n${pretty}\n`,
    });
    expect([requests.map(({ target }) => target), skipped]).toEqual([['/1', '/2'], []]);
  });
});

describe('http', () => {
  test.each<[string, string, string[], string[]]>([
    [
      'two requests, one behind the other',
      'GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\n\r\n',
      ['GET /1 HTTP/1.1\r\nHost: a\r\n\r\n', 'GET /2 HTTP/1.1\r\n\r\n'],
      [],
    ],
    [
      'behind a body of a stated length',
      'POST /1 HTTP/1.1\r\nContent-Length: 2\r\n\r\nhiGET /2 HTTP/1.1\r\n\r\n',
      ['POST /1 HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi', 'GET /2 HTTP/1.1\r\n\r\n'],
      [],
    ],
    [
      'behind chunks',
      'POST /1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\nGET /2 HTTP/1.1\r\n\r\n',
      ['POST /1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n', 'GET /2 HTTP/1.1\r\n\r\n'],
      [],
    ],
    [
      'HTTP/2 as Burp writes it',
      'GET / HTTP/2\r\nHost: a\r\n\r\n',
      ['GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
      ['from-http2'],
    ],
    [
      'equal lengths stay',
      'POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na',
      ['POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na'],
      [],
    ],
    ['irregular heads are reported', 'GET / HTTP/1.1\nX:1\n\n', ['GET / HTTP/1.1\r\nX: 1\r\n\r\n'], ['head-regular']],
    [
      'trailers are reported',
      'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: t\r\n\r\n',
      ['POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n'],
      ['chunk-details'],
    ],
    [
      'an added length is reported',
      'POST / HTTP/1.1\r\n\r\na',
      ['POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\na'],
      ['length-added'],
    ],
  ])('%s', async (_, text, sent, notes) => {
    expect(await outcome('http', { 'a.http': text })).toEqual({ sent, reasons: [], notes });
  });

  test.each<[string, string, string]>([
    ['a body of a GET without a length', 'GET / HTTP/1.1\r\n\r\nbody', 'contradiction'],
    ['lengths that differ', 'POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 4\r\n\r\nhello', 'contradiction'],
    ['more than its length', 'POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nhello', 'contradiction'],
    ['something behind its chunks', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nx', 'contradiction'],
    ['a target in UTF-8', 'GET /é HTTP/1.1\r\n\r\n', 'unsendable'],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'malformed'],
    ['an empty file', '', 'no-request'],
  ])('%s is reported, with --exact where it helps', async (_, text, reason) => {
    const { requests, reasons, skipped } = await importing('http', { 'a.http': text });
    expect([requests, reasons]).toEqual([[], { [reason]: 1 }]);
    const exact = await importing('http', { 'a.http': text }, { exact: true });
    expect(skipped[0]?.includes('--exact')).toBe(reason === 'contradiction' || reason === 'unsendable');
    expect(exact.requests.map(({ raw }) => Buffer.from(raw ?? []).toString())).toEqual(text === '' ? [] : [text]);
  });

  test('the second request has its own line', async () => {
    const { requests } = await importing('http', {
      'a.http': '\r\nGET /1 HTTP/1.1\r\n\r\n\r\nGET /2 HTTP/1.1\r\n\r\n',
    });
    expect(requests.map(({ source }) => source)).toEqual(['a.http:2', 'a.http:5']);
  });
});
