import { describe, expect, test } from 'vitest';
import { SlopegateError } from '../../src/model/index.js';
import { csv, read } from '../compare/samples.js';

const plain = { time_s: (s: number) => s, requests: (s: number) => 10 * s, anon_bytes: (s: number) => 1e7 + s };

async function failure(text: string, metric?: string): Promise<SlopegateError> {
  const error = await read(text, { metric }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SlopegateError);
  return error as SlopegateError;
}

describe('what is read', () => {
  test('columns by name in any order, with pieces of any size', async () => {
    const text = csv({ fds: () => 30, anon_bytes: plain.anon_bytes, requests: plain.requests, time_s: plain.time_s });
    for (const size of [1, 7, 100_000]) {
      const {
        services: [series],
      } = await read(text, {}, size);
      expect(Array.from(series?.time ?? []).slice(0, 3)).toEqual([0, 1, 2]);
      expect(series?.requests?.[39]).toBe(390);
      expect(series?.values['anon_bytes']?.[39]).toBe(1e7 + 39);
      expect(series?.values['fds']?.length).toBe(40);
    }
  });

  test('byte-order mark, comments, CRLF, quotes, blank lines and no line break at the end', async () => {
    const [header = '', ...rows] = csv(plain).trim().split('\n');
    const body = rows.map((row) => row.replace(/,(\d+)$/, ',"$1"')).join('\r\n\r\n');
    const names = header.replace('anon_bytes', '"anon_bytes"');
    const text = `\uFEFF# recorded by hand\r\n\r\n${names}\r\n${body}`;
    const {
      services: [series],
    } = await read(text);
    expect(series?.time.length).toBe(40);
    expect(series?.values['anon_bytes']?.[1]).toBe(1e7 + 1);
  });

  test('comments directly above the header and between rows, and the places of the lines below them', async () => {
    const [header = '', first = '', ...rows] = csv(plain).trim().split('\n');
    const text = `#group,false\n#type,long\n${header}\n${first}\n# paused\n${rows.join('\n')}\n`;
    const { services } = await read(text);
    expect(services[0]?.time.length).toBe(40);
    const { location } = await failure(text.replace('5,50,10000005', '5,50,many'), 'anon_bytes');
    expect(location).toBe('run.csv:10:6');
  });

  test('semicolons and tabs', async () => {
    for (const delimiter of [';', '\t'])
      expect((await read(csv(plain).replaceAll(',', delimiter))).services[0]?.requests?.[2]).toBe(20);
  });

  test('an empty cell is a missing reading; a column of text is ignored', async () => {
    const {
      services: [series],
    } = await read(csv({ ...plain, anon_bytes: (s) => (s === 5 ? '' : 1e7), note: () => 'warm' }));
    expect(series?.values['anon_bytes']?.[5]).toBeNaN();
    expect(Object.keys(series?.values ?? {})).toEqual(['anon_bytes']);
  });

  test('no requests column', async () => {
    expect((await read(csv({ time_s: plain.time_s, anon_bytes: plain.anon_bytes }))).services[0]?.requests).toBeNull();
  });
});

describe('what is refused, with its place', () => {
  test.each([
    [
      'a cell that is no number',
      csv({ ...plain, anon_bytes: (s) => (s === 3 ? '12 MB' : 1e7) }),
      'run.csv:5:6',
      /"12 MB" in column anon_bytes/,
    ],
    ['a date for a time', csv({ ...plain, time_s: (s) => `2026-11-21T00:00:${s}` }), 'run.csv:2:1', /not a number/],
    [
      'time going backwards',
      csv({ ...plain, time_s: (s) => (s === 8 ? 2 : s) }),
      'run.csv:10:1',
      /time goes backwards, from 7 to 2/,
    ],
    [
      'a counter reset',
      csv({ ...plain, requests: (s) => (s < 20 ? s : s - 20) }),
      'run.csv:22:4',
      /requests fall from 19 to 0/,
    ],
    ['too few rows', csv(plain, 11), 'run.csv:12:1', /only 11 readings/],
    ['a row cut off', `${csv(plain)}40,400`, 'run.csv:42:4', /2 fields, but the header has 3/],
    ['a column named twice', csv(plain).replace('requests', 'anon_bytes'), 'run.csv:1:19', /there are two columns/],
    ['no time', csv(plain).replace('time_s', 'tme_s'), 'run.csv:1:1', /no column time_s/],
    ['no header', csv(plain).split('\n').slice(1).join('\n'), 'run.csv:1:1', /no header line/],
    ['nothing', '', 'run.csv:1:1', /empty/],
  ])('%s', async (_, text, place, message) => {
    const error = await failure(text);
    expect(error.code).toBe('SERIES_INVALID');
    expect(error.exitCode).toBe(2);
    expect(error.location).toBe(place);
    expect(error.message).toMatch(message);
    expect(error.hint).not.toBeUndefined();
  });

  test('a mistyped time column is named', async () => {
    expect((await failure(csv(plain).replace('time_s', 'tme_s'))).hint).toContain('is it "tme_s"?');
  });

  test('text in the requested metric', async () => {
    expect((await failure(csv({ ...plain, note: () => 'warm' }), 'note')).message).toContain('"warm" in column note');
  });
});
