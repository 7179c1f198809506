import { describe, expect, test } from 'vitest';
import { choiceFaults, CHOICE_KEYS, type ImportFormat, type StatedChoices } from '../../src/model/index.js';
import { parsedWith, refusalOf } from '../scenario/parsed.js';
import { importing } from './importing.js';

const LOG = `GET /api/v1/users?x=1 HTTP/1.1\r\nHost: shop.test:8080\r\n\r\n`;
const files = {
  'a.req': LOG,
  'b.req': 'POST / HTTP/1.1\r\nHost: SHOP.test\r\nContent-Length: 0\r\n\r\n',
  'c.req': 'GET http://x.test/a%20b/ HTTP/1.1\r\nHost: x.test\r\n\r\n',
  'd.white': 'GET //img/1.png HTTP/1.0\r\n\r\n',
};
const labelsOf = async (choices: object, given: Readonly<Record<string, string>> = files) =>
  (await importing('http', given, choices)).requests.map(({ label }) => label);

describe('labelBy', () => {
  test.each([
    [['path'], ['api', 'root', 'a-20b', 'benign-img']],
    [
      ['method', 'path'],
      ['GET-api', 'POST-root', 'GET-a-20b', 'benign-GET-img'],
    ],
    [['host'], ['shop.test', 'shop.test', 'x.test', 'benign-no-host']],
  ])('%s', async (labelBy, labels) => {
    expect(await labelsOf({ labelBy })).toEqual(labels);
  });

  test('names fifty labels; later ones are called other', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`${100 + i}.req`, `GET /p${i} HTTP/1.1\r\nHost: a\r\n\r\n`]),
    );
    const labels = await labelsOf({ labelBy: ['path'] }, many);
    expect(new Set(labels).size).toBe(51);
    expect(labels.filter((label) => label === 'other')).toHaveLength(10);
  });
});

test.each([
  [['shop.test'], 2, 2],
  [['shop.test:8080'], 1, 3],
  [['x.test', 'SHOP.TEST'], 3, 1],
])('onlyHost %s takes %s requests and counts the others', async (onlyHost, taken, others) => {
  const { requests, notes } = await importing('http', files, { onlyHost });
  expect(requests).toHaveLength(taken);
  expect(notes['other-host']).toBe(others);
});

describe('choices that cannot be used', () => {
  const cases: readonly (readonly [ImportFormat, StatedChoices, key: string, message: RegExp])[] = [
    ['har', { exact: true }, 'exact', /has no effect with the format "har"/],
    ['har', { logFormat: 'nginx' }, 'logFormat', /has no effect/],
    ['gor', { rules: '/r' }, 'rules', /has no effect/],
    ['gor', { labelBy: ['class'] }, 'labelBy', /does not know "class"/],
    ['ftw', { labelBy: ['level'] }, 'labelBy', /must be used together/],
    ['ftw', { mask: ['a'] }, 'mask', /has no effect if nothing is masked/],
    ['gor', { keep: ['a'], keepSecrets: true }, 'keep', /has no effect if nothing is masked/],
    ['gor', { host: 'a b' }, 'host', /cannot be used/],
    ['gor', { onlyHost: ['a', 'b/c'] }, 'onlyHost', /"b\/c" cannot be used/],
    ['gor', { from: 'noon' }, 'from', /is not a time/],
    ['access-log', { fields: { nothing: 'x' } }, 'fields', /cannot use "nothing=x"/],
    ['access-log', { fields: { path: 'x' }, logFormat: 'nginx' }, 'fields', /no other log format than json/],
  ];
  test.each(cases)('%s with %j', (format, stated, key, message) => {
    expect(choiceFaults(format, stated)).toEqual([
      { key, message: expect.stringMatching(message) as string, hint: expect.any(String) as string },
    ]);
  });

  test('are also reported for a scenario, with their place', () => {
    const { faults } = refusalOf(() =>
      parsedWith('sources:\n  - import: har\n    paths: [a.har]\n    from: noon\n    logFormat: nginx'),
    );
    expect(faults.map(({ message, place }) => [place?.line, message])).toEqual([
      [11, expect.stringContaining('"noon" is not a time')],
      [12, expect.stringContaining('has no effect with the format "har"')],
    ]);
  });
});

test('a scenario has every choice of the command line', () => {
  const { sources } = parsedWith(`sources:
  - import: access-log
    paths: [a.log]
    host: waf.test
    onlyHost: [shop.test]
    labelBy: [path]
    logFormat: json
    fields: { path: req.url, "header:Cookie": req.cookie }
    from: 2026-03-01T10:00:00Z
    to: 2026-03-02
    strict: true
    mask: [customer]
    keep: [code]
  - { import: http, paths: [b.req], exact: true, keepSecrets: true }
  - { import: ftw, paths: [tests], labelBy: [class, level], rules: rules }`).traffic;
  expect(sources).toMatchObject([
    {
      onlyHost: ['shop.test'],
      labelBy: ['path'],
      fields: { path: 'req.url' },
      from: '2026-03-01T10:00:00Z',
      to: '2026-03-02',
      mask: ['customer'],
      keep: ['code'],
      strict: true,
    },
    { exact: true, keepSecrets: true },
    { rules: '/s/rules' },
  ]);
  const stated = new Set(sources?.flatMap((source) => Object.keys(source)));
  expect(CHOICE_KEYS.filter((key) => !stated.has(key))).toEqual([]);
});
