import { describe, expect, test } from 'vitest';
import { importing } from '../corpus/importing.js';

const har = (...entries: readonly object[]): Record<string, string> => ({
  'a.har': JSON.stringify({ log: { entries } }),
});
const entry = (url: string, more: object): object => ({ request: { method: 'GET', url, headers: [] }, ...more });

describe('a HAR entry without an answer', () => {
  test('is skipped if the browser did not send it', async () => {
    const { requests, skipped, reasons } = await importing(
      'har',
      har(
        entry('http://a/ads', { response: { status: 0, _error: 'net::ERR_BLOCKED_BY_CLIENT' } }),
        entry('http://a/page', { response: { status: 200 } }),
      ),
    );
    expect(requests.map(({ target }) => target)).toEqual(['/page']);
    expect(skipped[0]).toContain('net::ERR_BLOCKED_BY_CLIENT');
    expect(reasons).toEqual({ 'not-sent': 1 });
  });

  test.each([{ status: 0 }, { status: 0, _error: 'net::ERR_ABORTED' }])(
    'is kept with a note if nobody knows: %j',
    async (response) => {
      const { requests, notes } = await importing(
        'har',
        har(entry('http://a/', { response, startedDateTime: '2026-03-01T10:00:00Z' })),
      );
      expect(requests).toHaveLength(1);
      expect(notes).toEqual({ 'no-answer': 1 });
    },
  );
});

test('a HAR time without a zone is UTC on every machine', async () => {
  const times = ['2026-03-01T10:00:00.000', '2026-03-01T11:00:01+01:00', '2026-03-01T05:00:02-0500'];
  const { requests, notes } = await importing(
    'har',
    har(...times.map((startedDateTime) => entry('http://a/', { startedDateTime }))),
  );
  expect(requests.map(({ at }) => at)).toEqual([0, 1000, 2000]);
  expect(notes).toEqual({});
});

describe('a file of Burp Suite that is cut', () => {
  const item = '<items burpVersion="1"><item><request><![CDATA[GET /x HTTP/1.1\r\nHost: a\r\n\r\n]]></request>';

  test('in an answer: its request is whole, and the cut is reported', async () => {
    const { requests, reasons } = await importing('burp', { 'a.xml': `${item}<response>HTTP/1.1 200` });
    expect(requests.map(({ target }) => target)).toEqual(['/x']);
    expect(reasons).toEqual({ 'cut-short': 1 });
  });

  test('in a request', async () => {
    const { requests, reasons } = await importing('burp', { 'a.xml': item.slice(0, -20) });
    expect(requests).toEqual([]);
    expect(reasons).toEqual({ 'cut-short': 1 });
  });
});

test('ftw: anchors anywhere in the file, merged with <<; a merge of something else is skipped', async () => {
  const stage = (headers: string) => `{ input: { headers: ${headers}, uri: / }, output: { status: 403 } }`;
  const { requests, reasons } = await importing('ftw', {
    'a.yaml':
      'x: { a: &h { Host: a }, b: &b 1 }\ntests:\n' +
      `- { test_id: 1, stages: [${stage('*h')}, ${stage('{ <<: *h, X: 1 }')}, ${stage('{ <<: *b }')}] }\n`,
  });
  expect(requests.map(({ headers }) => headers)).toEqual([
    [['Host', 'a']],
    [
      ['Host', 'a'],
      ['X', '1'],
    ],
  ]);
  expect(reasons).toEqual({ malformed: 1 });
});

test('ftw: the target of a request with exact bytes is percent-encoded once', async () => {
  const stage = 'tests: [{ test_id: 1, stages: [{ input: { uri: "/\u2460" }, output: { status: 403 } }] }]';
  const { requests } = await importing('ftw', { 'a.yaml': stage });
  expect(requests[0]?.target).toBe('/%E2%91%A0');
  expect(Buffer.from(requests[0]?.raw ?? []).toString('utf8')).toContain('GET /\u2460 HTTP/1.1');
});
