import { describe, expect, test } from 'vitest';
import { portableScenario } from '../../src/scenario/index.js';
import { parsedWith, refusalOf } from './parsed.js';

const problem = (text: string) => refusalOf(() => parsedWith(text));

describe('traffic.sources', () => {
  test('paths are resolved against the scenario, and portable again', () => {
    const parsed = parsedWith(
      'sources:\n  - corpus: shop.ndjson\n    expect: {attack: blocked}\n  - {import: gor, paths: [a.gor, ' +
        '/b], weight: 3}\n  - {library: attacks, classes: [sqli]}',
    );
    expect(parsed.traffic.sources).toMatchObject([
      {
        kind: 'corpus',
        file: '/s/shop.ndjson',
        weight: 1,
        label: null,
        expect: { attack: 'blocked' },
        order: 'recorded',
      },
      { kind: 'import', format: 'gor', paths: ['/s/a.gor', '/b'], weight: 3, host: null, strict: false },
      { kind: 'library', classes: ['sqli'] },
    ]);
    expect(portableScenario(parsed).traffic.sources).toMatchObject([
      { file: 'shop.ndjson' },
      { paths: ['a.gor', '../b'] },
      {},
    ]);
  });

  test.each<[string, string, RegExp]>([
    [
      'a format that is not there',
      'sources: [{import: hra, paths: [x]}]',
      /x\.yaml:8:\d+.*traffic\.sources\.0\.import: expected one of: har/,
    ],
    ['a path outside ASCII', 'mix: [{label: a, request: "GET /é"}]', /x\.yaml:8:\d+.*the path "\/é" cannot be sent/],
    ['a key that is not there', 'sources: [{corpsu: x}]', /unknown key "corpsu".*did you mean "corpus"/],
    ['two kinds at once', 'sources: [{corpus: x, library: attacks}]', /expected one of: corpus, import, library/],
    ['an import without paths', 'sources: [{import: har}]', /an import needs paths/],
    ['a key of another kind', 'sources: [{corpus: x, host: y}]', /host: belongs to a source with "import"/],
    ['a class that is not there', 'sources: [{library: attacks, classes: [sql]}]', /classes\.0: expected one of: sqli/],
    ['neither mix nor sources', 'seed: 2', /traffic\.mix: expected a request template/],
    [
      'an engine that is not there',
      'engine: wrk\nmix: [{label: a, request: GET /}]',
      /traffic\.engine: expected one of: auto, autocannon, wire/,
    ],
    [
      'a schedule autocannon has not',
      'engine: autocannon\nschedule: poisson\nmix: [{label: a, request: GET /}]',
      /traffic\.engine: autocannon has no poisson schedule/,
    ],
    [
      'recorded timing of a mix',
      'schedule: recorded\nmix: [{label: a, request: GET /}]',
      /traffic\.schedule: the recorded schedule needs exactly one recorded source/,
    ],
    [
      'a behaviour autocannon has not',
      'engine: autocannon\nmix: [{label: a, request: GET /, behaviour: {pipelined: true}}]',
      /traffic\.engine: autocannon cannot send a behaviour/,
    ],
    [
      'chunks in HTTP/1.0',
      'mix: [{label: a, request: POST /, raw: {type: a/b, text: x}, behaviour: {version: 1.0, chunks: [1]}}]',
      /behaviour\.chunks: HTTP\/1\.0 has no chunked/,
    ],
    [
      'chunks of nothing',
      'mix: [{label: a, request: GET /, behaviour: {chunks: [1]}}]',
      /behaviour\.chunks: a request without a body/,
    ],
    [
      'a pause with nothing to fall between',
      'mix: [{label: a, request: GET /, behaviour: {pause: 5ms}}]',
      /behaviour\.pause: a pause needs/,
    ],
  ])('%s is refused, with its place', (_, text, message) => {
    const error = problem(text);
    expect(`${error.location}: ${error.message} ${error.hint ?? ''}`).toMatch(message);
  });
});

test('schedules', () => {
  const schedule = (text: string): unknown => parsedWith(`schedule: ${text}\nsources: [{corpus: x}]`).traffic.schedule;
  expect(
    ['bursts', 'constant', 'poisson', 'ramp', 'recorded', '{ramp: {from: 25%}}', '{recorded: 4}'].map(schedule),
  ).toEqual([
    { kind: 'bursts' },
    { kind: 'constant' },
    { kind: 'poisson' },
    { kind: 'ramp', from: 0.1 },
    { kind: 'recorded', speed: 1 },
    { kind: 'ramp', from: 0.25 },
    { kind: 'recorded', speed: 4 },
  ]);
});

test('behaviours', () => {
  const behaviour = (text: string): unknown =>
    parsedWith(`mix: [{label: a, request: POST /, raw: {type: a/b, text: x}, behaviour: ${text}}]`).traffic.mix[0]
      ?.behaviour;
  expect(behaviour('{chunks: [4KiB, 1], pause: 20ms}')).toEqual({ chunks: [4096, 1], pauseMs: 20 });
  expect(behaviour('{version: 1.0, breaks: [12000, -1]}')).toEqual({ version: '1.0', breaks: [12000, -1] });
  expect(behaviour('{send: 1KiB/s, read: 2kB/s, freshConnection: true, pipelined: false}')).toEqual({
    sendBytesPerSecond: 1024,
    readBytesPerSecond: 2000,
    freshConnection: true,
    pipelined: false,
  });
  expect(behaviour('{abort: {of: response, after: 4KiB, how: reset}}')).toEqual({
    abort: { of: 'response', bytes: 4096, how: 'reset' },
  });
  expect(behaviour('{abort: {of: request}}')).toEqual({ abort: { of: 'request', bytes: null, how: 'close' } });
});
