import { describe, expect, it } from 'vitest';
import { loadOverridden } from '../../src/scenario/index.js';
import { portableScenario } from '../../src/scenario/portable.js';
import { parsedWith, refusalOf } from './parsed.js';

const SHOP = `fields: { user: { word: 20 }, item: { integer: [1, 9], zipf: 1.25 } }
journeys:
  - name: shop
    users: 3
    vary: [item]
    steps:
      - label: form
        request: GET /login
        capture: { csrf: 'value="(\\w+)"', sid: cookie:sid }
      - label: login
        request: POST /login
        headers: { Cookie: "sid={sid}" }
        form: { user: "{user}", csrf: "{csrf}" }
`;

const faultsOf = (traffic: string) =>
  refusalOf(() => parsedWith(traffic)).faults.map(({ message, place }) => [place?.line, message]);

describe('traffic.journeys', () => {
  it('state the users, the steps and the fields', () => {
    const { journeys, mix, fields } = parsedWith(SHOP).traffic;
    expect(mix).toEqual([]);
    expect(fields['item']).toEqual({ kind: 'integer', from: 1, to: 9, zipf: 1.25 });
    expect(journeys).toMatchObject([
      {
        name: 'shop',
        weight: 1,
        users: 3,
        vary: ['item'],
        steps: [
          { label: 'form', method: 'GET', path: '/login', expect: 'any', capture: { sid: 'cookie:sid' } },
          { label: 'login', body: { kind: 'form', fields: { user: '{user}', csrf: '{csrf}' } }, capture: {} },
        ],
      },
    ]);
  });

  it.each([
    ['a name that is nothing', SHOP.replace('{csrf}', '{crsf}'), [20, /uses the field \{crsf\}.*/]],
    [
      'a value before its step',
      SHOP.replace('GET /login', 'GET /login?{csrf}'),
      [15, /\{csrf\} is used before it is captured/],
    ],
    [
      'a value of its own answer',
      SHOP.replace('form: {', 'capture: { new: "x" }\n        form: { n: "{new}",'),
      [21, /\{new\} is used before/],
    ],
    ['a bad expression', SHOP.replace('(\\w+)', '(\\w+'), [16, /Unterminated group|Invalid regular expression/]],
    ['a path that is none', SHOP.replace('cookie:sid', '"$.a[x"'), [16, /\$\.a\[x is not a path/]],
    ['a header without a name', SHOP.replace('cookie:sid', '"header:"'), [16, /names no header/]],
    [
      'a name that a field has',
      SHOP.replace('user: { word: 20 }', 'sid: { word: 20 }, user: { word: 20 }'),
      [16, /traffic.fields has a "sid" too/],
    ],
    ['a field to vary that is none', SHOP.replace('[item]', '[itm]'), [12, /has no "itm"; did you mean "item"\?/]],
    ['two steps of one label', SHOP.replace('label: login', 'label: form'), [17, /another step called "form"/]],
    ['an engine that cannot', `engine: autocannon\n${SHOP}`, [15, /only the engine wire/]],
    ['a protocol that cannot', `protocol: http2\n${SHOP}`, [15, /only the engine wire/]],
    [
      'an abort with a capture',
      SHOP.replace('capture:', 'behaviour: { abort: { of: request } }\n        capture:'),
      [17, /has no answer to capture from/],
    ],
    ['an exponent between', SHOP.replace('1.25', '1.3'), [8, /expected an exponent from 0.25 to 4/]],
  ])('%s is reported with its place', (_, traffic, [line, message]) => {
    const [first] = faultsOf(traffic);
    expect(first).toEqual([line, expect.stringMatching(message as RegExp)]);
  });

  it('without captures work with any engine', () => {
    const plain = `engine: h2\nprotocol: http2\njourneys: [{ name: a, steps: [{ label: b, request: GET / }] }]`;
    expect(parsedWith(plain).traffic.journeys).toHaveLength(1);
  });

  it('may be part of a phase', () => {
    const phases = `${SHOP}mix: [{ label: home, request: GET / }]
phases:
  - { name: day, share: 50%, mix: { shop: 1, home: 1 } }
  - { name: night, share: 50%, mix: { home: 1 } }`;
    expect(parsedWith(phases).traffic.phases).toHaveLength(2);
  });
});

describe('bodies from files', () => {
  const upload = `mix:
  - { label: raw, request: PUT /a, raw: { type: image/png, file: pics/a.png } }
  - label: form
    request: POST /b
    multipart: [{ name: n, text: hello }, { name: f, filename: a.zip, type: application/zip, file: ../a.zip }]
journeys:
  - { name: up, steps: [{ label: put, request: PUT /c, raw: { type: text/plain, file: /abs/c.txt } }] }`;

  it('are read beside the scenario, and recorded as they were written', () => {
    const scenario = parsedWith(upload);
    expect(scenario.traffic.mix.map(({ body }) => body)).toMatchObject([
      { kind: 'file', contentType: 'image/png', file: '/s/pics/a.png' },
      { kind: 'multipart', parts: [{ text: 'hello' }, { filename: 'a.zip', text: '', file: '/a.zip' }] },
    ]);
    const { mix, journeys } = portableScenario(scenario).traffic;
    expect(mix.map(({ body }) => body)).toMatchObject([
      { file: 'pics/a.png' },
      { parts: [{ text: 'hello' }, { file: '../a.zip' }] },
    ]);
    expect(journeys?.[0]?.steps[0]?.body).toMatchObject({ file: '../abs/c.txt' });
  });

  it('are either a text or a file', () => {
    expect(faultsOf('mix: [{ label: a, request: PUT /, raw: { type: a/b } }]')[0]?.[1]).toContain('a text or a file');
  });
});

describe('--only', () => {
  it('accepts the name of a journey', async () => {
    const file = new URL('../../scenarios/mixes/login-chain.yaml', import.meta.url).pathname;
    const only = async (...labels: string[]) => (await loadOverridden(file, { only: labels })).traffic;
    expect(await only('shop')).toMatchObject({ mix: [], journeys: [{ name: 'shop' }] });
    expect((await only('home')).journeys).toBeUndefined();
    await expect(only('shp')).rejects.toThrow('--only shp');
  });
});
