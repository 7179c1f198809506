import { describe, expect, test } from 'vitest';
import { importing } from './importing.js';

const log = (request: string, agent = 'x'): string =>
  `1.2.3.4 - - [01/Mar/2026:10:00:00 +0000] "${request}" 200 1 "-" "${agent}"\n`;
const bytes = '<![CDATA[GET /x HTTP/1.1\r\nHost: a\r\n\r\n]]>';
const items = (time: string): string =>
  `<items><item><time>${time}</time><request base64="false">${bytes}</request></item></items>`;
const timesOf = async (...times: readonly string[]) => {
  const files = Object.fromEntries(times.map((time, i) => [`${i}.xml`, items(time)]));
  const { requests, notes } = await importing('burp', files);
  return { at: requests.map(({ at }) => at), notes };
};

describe('changes by an import are reported', () => {
  test.each([
    ['GET /a b c HTTP/1.1', '/a%20b%20c', { 'target-encoded': 1 }],
    ['GET /latin1/\\xe9 HTTP/1.1', '/latin1/%E9', { 'target-encoded': 1 }],
    ['GET /a%20b?q=\\x22 HTTP/1.1', '/a%20b?q="', {}],
  ])('the target of %s', async (line, target, notes) => {
    const imported = await importing('access-log', { 'a.log': log(line) });
    expect(imported.requests.map((one) => one.target)).toEqual([target]);
    expect(imported.notes).toEqual(notes);
  });

  test('control characters of a header', async () => {
    const { requests, notes } = await importing('access-log', {
      'a.log': log('GET / HTTP/1.1', 'x\\x0d\\x0aInjected: 1'),
    });
    expect(requests[0]?.headers).toContainEqual(['User-Agent', 'x  Injected: 1']);
    expect(notes).toEqual({ 'header-cleaned': 1 });
  });
});

describe('times of Burp Suite', () => {
  test('in time zones with one meaning', async () => {
    const { at, notes } = await timesOf(
      'Sun Mar 01 10:00:00 UTC 2026',
      'Sun Mar 01 12:00:00 CET 2026',
      'Sun Mar 01 19:00:30 JST 2026',
      'Sun Mar 01 05:00:45 EST 2026',
    );
    expect({ at, notes }).toEqual({ at: [0, 3_600_000, 30_000, 45_000], notes: {} });
  });

  test.each(['Sun Mar 01 10:00:00 IST 2026', 'Sun Mar 01 10:00:00 CST 2026', 'gestern'])(
    '%s is ambiguous or invalid: reported and not guessed',
    async (time) => {
      expect(await timesOf(time)).toEqual({ at: [null], notes: { 'time-unread': 1 } });
    },
  );
});
