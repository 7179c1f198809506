import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { FORMATS, type FormatName } from '../../src/corpus/formats.js';
import { createWireReplayer } from '../../src/replay/index.js';
import { encodeRequest } from '../../src/replay/wire/wire-format.js';
import { decodeCorpusLine, encodeCorpusLine } from '../../src/traffic/index.js';
import { jobOf } from '../replay/traces.js';
import { startConnectionLog } from '../replay/wire/connection-log.js';
import { importing, summary } from './importing.js';
import { SAMPLES } from './samples.js';
import { traceOfCorpus } from './trace-of-corpus.js';

const NAMES = Object.keys(FORMATS) as FormatName[];

async function sample(format: FormatName): ReturnType<typeof importing> {
  return importing(format, SAMPLES[format], format === 'vegeta' ? { paths: ['targets.json', 'targets.txt'] } : {});
}

describe('what each format gives', () => {
  test.each(NAMES)('%s', async (format) => {
    const { requests, skipped, notes } = await sample(format);
    expect({
      requests: requests.map(summary),
      skipped,
      notes,
    }).toMatchSnapshot();
  });
});

describe('trace → wire → bytes', () => {
  test.each(NAMES)('%s', async (format) => {
    const { requests } = await sample(format);
    const trace = traceOfCorpus(requests, { seed: 1, count: requests.length + 1, expect: {} });
    const each = trace.requests.map((request) => encodeRequest(request).toString('latin1'));
    let answered = 0;
    await using log = await startConnectionLog((bytes) => {
      const due = each.slice(0, answered + 1).join('');
      if (bytes !== due) return null;
      answered++;
      return 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
    });
    const result = await createWireReplayer({ connections: 1 }).start(jobOf(log.port, trace)).done;
    expect(log.connections[0]?.bytes).toBe(each.join(''));
    expect(result).toMatchObject({ answered: trace.requests.length, sentDigest: trace.digest });
  });
});

test.each(NAMES)('a corpus line of %s can be read again', async (format) => {
  for (const request of (await sample(format)).requests) {
    const again = decodeCorpusLine(encodeCorpusLine(request), 'corpus:1');
    expect(summary(again)).toBe(summary(request));
  }
});

test.each(NAMES)('%s: with --strict the first malformed entry ends the import, located', async (format) => {
  await expect(importing(format, SAMPLES[format], { strict: true })).rejects.toMatchObject({
    code: 'TRAFFIC_INVALID',
    location: expect.stringMatching(/:\d+$/),
  });
});

test('gzipped files are unpacked', async () => {
  const plain = await sample('gor');
  const packed = await importing('gor', { 'traffic.gor.gz': gzipSync(SAMPLES.gor['traffic.gor'] ?? '') });
  expect(packed.requests.map(({ target }) => target)).toEqual(plain.requests.map(({ target }) => target));
});

test('exact keeps bytes that contradict themselves', async () => {
  const raw = 'POST /short HTTP/1.1\nHost: a\nContent-Length: 50\n\nshort';
  const { requests, skipped } = await importing('http', { 'a.black': raw }, { exact: true });
  expect(requests[0]).toMatchObject({ label: 'attack', raw: Buffer.from(raw) });
  expect(skipped).toEqual([]);
});

test('a custom log format, in nginx and in Apache notation', async () => {
  const nginx = await importing(
    'access-log',
    { 'a.log': '1772359200.123|shop.example|GET|/a?b=c|0.004\n' },
    { logFormat: '$msec|$host|$request_method|$request_uri|$request_time' },
  );
  expect(nginx.requests.map(summary)).toEqual(['[recorded] a.log:1 0 GET /a?b=c | Host: shop.example']);
  const apache = await importing(
    'access-log',
    {
      'a.log':
        'shop.example:80 203.0.113.9 - - [01/Mar/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 5 "-" "say \\"hi\\""\n',
    },
    { logFormat: '%v:%p %h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\"' },
  );
  expect(apache.requests.map(summary)).toEqual([
    '[recorded] a.log:1 0 GET /a | Host: shop.example; User-Agent: say "hi"; X-Forwarded-For: 203.0.113.9',
  ]);
});

test("label and host of one's own", async () => {
  const { requests } = await importing('http', SAMPLES.http, { label: 'mine', host: 'waf.test' });
  expect(new Set(requests.map(({ label }) => label))).toEqual(new Set(['mine']));
  expect(new Set(requests.map(({ headers }) => headers.find(([name]) => name === 'Host')?.[1]))).toEqual(
    new Set(['waf.test']),
  );
});

test("vegeta: a URL's user information becomes Basic authorization, as Go sends it", async () => {
  const { requests } = await importing('vegeta', { 'a.txt': 'GET http://us%65r:p%40w@a/x\n' });
  expect(requests[0]?.target).toBe('/x');
  expect(requests[0]?.headers).toEqual([
    ['Host', 'a'],
    ['Authorization', `Basic ${Buffer.from('user:p@w').toString('base64')}`],
  ]);
});

test('a path that is not there is an error', async () => {
  await expect(importing('har', {}, { paths: ['nowhere.har'] })).rejects.toMatchObject({ code: 'TRAFFIC_INVALID' });
});

test('a line of a corpus that is not valid is reported with its place', () => {
  expect(() => decodeCorpusLine('{"method":1}', 'corpus:7')).toThrow(expect.objectContaining({ location: 'corpus:7' }));
});
