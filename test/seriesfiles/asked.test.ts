import { describe, expect, test } from 'vitest';
import { SlopegateError } from '../../src/index.js';
import { iso, judgeWritten, mib, readWritten, START, story, type Reading, type Written } from './story.js';

const rows =
  (header: string, row: (reading: Reading, name: string) => string): Written =>
  (readings, name) =>
    `${header}\n${readings.map((reading) => row(reading, name)).join('\n')}\n`;

async function refusal(promise: Promise<unknown>): Promise<SlopegateError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SlopegateError);
  expect((error as SlopegateError).code).toBe('SERIES_INVALID');
  expect((error as SlopegateError).location).toMatch(/^\S+:\d+:\d+$/);
  return error as SlopegateError;
}

/** What a file leaves open, what is said about it, and the answer with which the leak is found. */
const OPEN: readonly (readonly [string, Written, RegExp, RegExp, object, object])[] = [
  [
    'KiB without a unit',
    rows('time_s,requests,rss', (r) => `${r.second},${r.requests},${r.bytes / 1024}`),
    /"rss" states no unit, and is at most \d+/,
    /--unit KiB \(115 MiB\), --unit MiB \(115 GiB\)/,
    { unit: 'KiB' },
    {},
  ],
  [
    'requests per second under the name of a count',
    rows('time_s,requests,anon_bytes', (r) => `${r.second},${75 + (r.second % 2)},${r.bytes}`),
    /looks like requests per second/,
    /--rate-column.*--requests-column none.*--rate 75/,
    { rateColumn: 'requests' },
    {},
  ],
  [
    'two counts of requests',
    rows('time_s,http_requests,grpc_requests,anon_bytes', (r) => `${r.second},${r.requests},5,${r.bytes}`),
    /"http_requests" and "grpc_requests" could each be the count/,
    /--requests-column "http_requests"/,
    { requestsColumn: 'http_requests' },
    {},
  ],
  [
    'no column of memory by its name',
    rows('time_s,requests,net_rx_total,value', (r) => `${r.second},${r.requests},${r.requests * 900},${r.bytes}`),
    /no column of memory is in all recordings/,
    /--metric.*net_rx_total \(67500/,
    { metric: 'value' },
    { metric: 'value' },
  ],
  [
    'a constant under the name of memory',
    rows('time_s,requests,memory,level', (r) => `${r.second},${r.requests},536870912,${r.bytes}`),
    /memory is the same in every reading/,
    /--metric/,
    { metric: 'level' },
    { metric: 'level' },
  ],
  [
    'no times',
    rows('requests,anon_bytes', (r) => `${r.requests},${r.bytes}`),
    /no column time_s/,
    /--time-column.*--interval 10s.*requests \(75, 150, 225\)/,
    { intervalSeconds: 1 },
    {},
  ],
  [
    'times under a strange name',
    rows('moment,requests,anon_bytes', (r) => `${r.second},${r.requests},${r.bytes}`),
    /no column time_s/,
    /moment \(0, 1, 2\)/,
    { timeColumn: 'Moment' },
    {},
  ],
  [
    'seconds or milliseconds',
    rows('time,requests,anon_bytes', (r) => `${r.second * 1000},${r.requests},${r.bytes}`),
    /rises by 1000 a row/,
    /--time-unit s or --time-unit ms/,
    { timeUnit: 'ms' },
    {},
  ],
  [
    'a comma that can be either',
    rows('time_s,requests,rss_mib', (r) => `${r.second},${r.requests},"${mib(r.bytes).toFixed(3).replace('.', ',')}"`),
    /"114,\d{3}" in column rss_mib can be read in two ways/,
    /--decimal comma.*--decimal point/,
    { decimal: 'comma' },
    {},
  ],
  [
    'two services without a name',
    rows(
      'time_s,requests,which,anon_bytes',
      (r) => `${r.second},${r.requests},a,${r.bytes}\n${r.second},${r.requests},b,60000000`,
    ),
    /several rows have the same time/,
    /--service-column.*which \(a, b, a\)/,
    { serviceColumn: 'which' },
    {},
  ],
  [
    'no header',
    (readings) => readings.map((r) => `${r.second},${r.requests},${r.bytes}\n`).join(''),
    /no header line/,
    /--time-column 1 --metric 3/,
    { timeColumn: '1', requestsColumn: '2', metric: '3' },
    { metric: '3' },
  ],
];

describe('the error asks for what a file does not say, and the answer is enough', () => {
  test.each(OPEN)('%s', async (_, written, message, hint, answer, options) => {
    const error = await refusal(judgeWritten(written));
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
    const { verdict } = await judgeWritten(written, answer, options);
    const leaking = verdict.assessment.services.find(({ outcome }) => outcome === 'fail');
    expect(leaking?.difference?.value).toBeGreaterThan(1000);
    expect(leaking?.difference?.value).toBeLessThan(1050);
  });

  test('a column that an option names must be there', async () => {
    const text = rows('time_s,requests,anon_bytes', (r) => `${r.second},${r.requests},${r.bytes}`)(story(0, 1), '');
    for (const option of ['timeColumn', 'requestsColumn', 'rateColumn', 'serviceColumn'])
      expect((await refusal(readWritten(text, 'run.csv', { [option]: 'request' }))).hint).toMatch(
        /did you mean "requests"/,
      );
  });

  test('an interval together with times is refused', async () => {
    const text = rows('time_s,anon_bytes', (r) => `${r.second},${r.bytes}`)(story(0, 1), '');
    expect((await refusal(readWritten(text, 'run.csv', { intervalSeconds: 10 }))).message).toMatch(
      /--interval is given too/,
    );
  });

  test('points and commas that contradict each other', async () => {
    const text = rows('time_s;a_mib;rss_bytes', (r) => `${r.second};1,5;1,234,567`)(story(0, 1), '');
    expect((await refusal(readWritten(text))).message).toMatch(/in different ways/);
  });

  test('cells with and without a unit: the smaller group is shown', async () => {
    const text = rows('time_s,rss', (r) => `${r.second},${r.second === 7 ? '120' : '114.4MiB'}`)(story(0, 1), '');
    const error = await refusal(readWritten(text));
    expect(error.message).toBe('"120" in column rss has no unit, and other cells have one');
    expect(error.location).toBe('run.txt:9:3');
  });

  test('times and plain numbers in one column', async () => {
    const text = rows('time,anon_bytes', (r) => `${r.second === 9 ? r.second : iso(r.second)},${r.bytes}`)(
      story(0, 1),
      '',
    );
    expect((await refusal(readWritten(text))).message).toMatch(/has times like .* and plain numbers like 9/);
  });

  test('ten readings: the error says how many would be enough', async () => {
    const text = rows('time_s,rss_mib,requests', (r) => `${r.second},${mib(r.bytes)},${r.requests}`)(
      story(0, 1, { every: 30 }),
      '',
    );
    const error = await refusal(readWritten(text));
    expect(error.message).toBe('only 10 readings in 270 s; at least 12 are needed to tell growth from noise');
    expect(error.hint).toContain('one reading every 30 s needs 360 s of load');
  });
});

describe('unreadable content is refused with its line', () => {
  test.each([
    ['a JSON line cut off', '{"time_s":0,"rss_bytes":1}\n{"time_s":1,"rss_by', 2, /not valid JSON/],
    ['a JSON line that is no object', '{"time_s":0,"rss_bytes":1}\n[1]\n', 2, /not a JSON object/],
    ['a JSON document without readings', '{"a":{"b":1}}', 1, /no list of readings/],
    ['an InfluxDB line without a time', `m rss=1i ${START}000000000\nm rss=1i\n`, 2, /not a line of InfluxDB/],
    [
      'a line of VictoriaMetrics without values',
      '{"metric":{},"values":[1],"timestamps":[1]}\n{"metric":{}}\n',
      2,
      /not a series/,
    ],
    ['a row of a table that does not fit', 'PID RSS COMMAND\n1 5000 nginx\n1\n', 3, /does not fit under the header/],
    ['a quote that is never closed', `time_s,rss_bytes\n0,"1\n${'x'.repeat(50)}\n`, 3, /.+/],
    ['bytes that are no text', '\u0000\u0001\u0002'.repeat(100), 1, /no readings are found/],
    ['a header alone', 'time_s,requests,anon_bytes\n', 1, /no rows below the header/],
    ['nothing but blank lines', '\n \n', 1, /empty/],
  ])('%s', async (_, text, line, message) => {
    const error = await refusal(readWritten(text));
    expect(error.message).toMatch(message);
    expect(error.location).toMatch(new RegExp(`^run.txt:${line}:`));
  });

  test('a line without an end', async () => {
    expect((await refusal(readWritten('x'.repeat(3_000_000)))).message).toMatch(/line of more than/);
  });
});
