import { describe, expect, it } from 'vitest';
import { locationOf, type InputFault } from '../../src/model/index.js';
import { inspectText } from '../../src/scenario/index.js';

const HEAD = 'slopegate: 1\nname: tiny\n';
const ARMS = `arms:
  baseline: { label: old, compose: a.yml }
  candidate: { label: new, compose: b.yml }
`;
const STACK = 'stack: { entry: "waf:8080" }\n';
const TRAFFIC = 'traffic: { mix: [{ label: home, request: GET / }] }\n';
const GOOD = HEAD + ARMS + STACK + TRAFFIC;

async function faultsOf(text: string): Promise<readonly InputFault[]> {
  return (await inspectText({ text }, '/s')).faults;
}

const faultLines = async (text: string): Promise<string[]> =>
  (await faultsOf(text)).map(({ place, message, hint }) => `${place?.line}:${place?.column} ${message} | ${hint}`);

/** Words of the parser and the schema library that nobody should have to know. */
const JARGON = /invalid input|received|zod|yaml\.|flow|scalar|implicit|mapping|token|collection|null/i;

describe('a scenario file is checked to its end', () => {
  it('a valid file has no fault', async () => {
    expect(await faultsOf(GOOD)).toEqual([]);
  });

  it('every fault at once, in the order of the file', async () => {
    const text = `${HEAD + ARMS}stack: { entry: waf, limits: { memory: 1KiB } }
traffic: { rate: 75rps, mix: [{ label: home, request: "GET /{idd}" }] }
experiment: { preset: gat }
gate: { margn: 32 B/request }
`;
    expect((await faultsOf(text)).map(({ place }) => place?.line)).toEqual([6, 6, 7, 8, 9]);
  });

  it('a fault in one part does not hide faults between valid parts', async () => {
    const text = `${HEAD + ARMS + STACK}traffic: { mix: [{ label: home, request: "GET /{idd}" }] }
experiment: { window: { requests: 10 } }
gate: { margin: 32 }
`;
    expect(await faultLines(text)).toEqual([
      expect.stringMatching(/^7:42 traffic\.mix\.0\.request: /),
      expect.stringMatching(/^8:23.* too short to be judged/),
      expect.stringMatching(/^9:17 gate\.margin: 32 has no unit/),
    ]);
  });

  it('each fault has its place and its line', async () => {
    const [fault] = await faultsOf(`${GOOD}gate: { margin: 32 }\n`);
    expect(fault?.place).toEqual({ file: 'standard input', line: 8, column: 17, text: 'gate: { margin: 32 }' });
    expect(fault?.place && locationOf(fault.place)).toBe('standard input:8:17');
  });

  it.each<[string, string, RegExp]>([
    ['no unit', `${GOOD}gate: { margin: 32 }`, /32 has no unit/],
    ['an unknown unit', `${GOOD}stack: {}`, /"stack" is given twice, on lines 6 and 8 \| keep one of the two/],
    ['a port too high', GOOD.replace('8080', '99999'), /there is no port 99999: ports go from 1 to 65535/],
    ['port 0', GOOD.replace('8080', '0'), /there is no port 0/],
    ['a limit that Docker takes for none', GOOD.replace('" }', '", limits: { memory: 0B } }'), /0 means no limit/],
    ['too little memory', GOOD.replace('" }', '", limits: { memory: 1KiB } }'), /less than 6MiB/],
    ['cpus of no host', GOOD.replace('" }', '", limits: { cpus: 900 } }'), /at most 512 CPUs are possible/],
    ['a later format', GOOD.replace('slopegate: 1', 'slopegate: 2'), /written for a newer slopegate .* \| null/],
    [
      'a value not in the list',
      `${GOOD}experiment: { preset: gat }`,
      /one of: instant, quick, .* not "gat" \| did you mean "gate"/,
    ],
    ['alpha', `${GOOD}gate: { alpha: { fail: 0.5 } }`, /false FAIL would happen so often/],
    ['a margin that accepts all', `${GOOD}gate: { margin: 999999999999 GiB/request }`, /accepts any growth/],
    ['no margin at all', `${GOOD}gate: { margin: 0 B/request }`, /must be above 0/],
    ['a window of years', `${GOOD}experiment: { window: { seconds: 99999h } }`, /would last 4,167 days/],
    ['a window in no unit of ours', `${GOOD}experiment: { window: 5m }`, /for example \{ seconds: 5m \}/],
    ['10^12 requests', `${GOOD}experiment: { window: { requests: 1000000000000 } }`, /would last 154,321 days/],
    [
      'more requests than a trace may have',
      `${GOOD}experiment: { window: { requests: 100000000, seconds: 1s } }`.replace('{ mix', '{ rate: 9000/s, mix'),
      /longest trace would have 300,5.* requests; at most 50,000,000 are possible/,
    ],
    [
      '100 GiB of text',
      GOOD.replace('{ mix', '{ fields: { big: { text: 100GiB, cardinality: 1 } }, mix'),
      /a text has 1 B to 16 MiB/,
    ],
    [
      'a request of a gigabyte',
      GOOD.replace('{ mix', '{ fields: { big: { text: 16MiB, cardinality: 1 } }, mix').replace(
        'GET /',
        `POST /, raw: { type: text/plain, text: "${'{big}'.repeat(64)}" }`,
      ),
      /a request of this template has up to 1\.00 GiB; at most 64 MiB are possible/,
    ],
    [
      'bodies that nobody could send',
      GOOD.replace('{ mix', '{ fields: { big: { text: 16MiB, cardinality: 1 } }, mix').replace(
        'GET /',
        'POST /, raw: { type: text/plain, text: "{big}" }',
      ),
      /a trace of 72,000 requests would send 1,125 GiB; at most 1,024 GiB are possible/,
    ],
    [
      'an action every few milliseconds of a long window',
      `${GOOD}experiment:
  window: { requests: 900000 }
  actions: [{ every: 80 requests, signal: { service: waf, signal: HUP } }]`,
      /more than 10,000 times/,
    ],
    ['a wait of days', GOOD.replace('" }', '", ready: { timeout: 99d } }'), /the longest wait is 1d/],
    [
      'a range the wrong way round',
      GOOD.replace('{ mix', '{ fields: { n: { integer: [9, 1] } }, mix'),
      /must not be above/,
    ],
    ['a Host header of two lines', GOOD.replace('{ mix', '{ host: "a\\nb", mix'), /traffic\.host: .* cannot be sent/],
    ['an unknown key', `${GOOD}experimnt: {}`, /^8:1 unknown key "experimnt" \| did you mean "experiment"\?/],
    ['an empty key', `${GOOD}gate:`, /gate: is empty; expected keys with values/],
    [
      'a text for a list',
      `${GOOD}experiment: { looks: three }`,
      /expected a list, not "three" \| write looks: \[3, 5, 8\]/,
    ],
    ['a missing key', HEAD + ARMS + TRAFFIC, /stack: is missing \| write stack: \{ entry: "waf:8080" \}/],
  ])('%s', async (_, text, message) => {
    const faults = await faultLines(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(message);
    expect(faults[0]).not.toMatch(/invalid input|received|zod/i);
  });

  it('margin together with production is a warning, because only one of the two counts', async () => {
    const { scenario, faults } = await inspectText(
      { text: `${GOOD}gate: { margin: 32 B/request, production: { rate: 200/s, headroom: 2GiB, survive: 30d } }` },
      '/s',
    );
    expect(scenario?.gate.marginBytesPerRequest).toBe(32);
    expect(faults).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('gives a margin of 4.14 B/request') },
    ]);
  });
});

describe('faults of YAML are explained in plain words', () => {
  it.each<[string, string, RegExp]>([
    ['a tab', 'a:\n\tb: 1\n', /^2:1 .*a tab is used as indentation \| use spaces/],
    ['a second colon', 'a: { label: my: waf }\n', /^1:13 .*second colon .* quotes, for example label: "my: waf"/],
    ['braces without quotes', 'r: { request: GET /{id}, b: 1 }\n', /put the text in quotes, for example request:/],
    ['two documents', 'a: 1\n---\nb: 2\n', /^2:1 .*a second document begins here/],
    ['a key given twice', 'a: 1\nb: 2\na: 3\n', /^3:1 .*the key "a" is given twice, on lines 1 and 3/],
    ['an unclosed quote', 'a: "x\n', /the closing quote or bracket/],
    ['a reserved character', 'a: @x\n', /cannot begin with this character \| put the text in quotes/],
    ['a tag', 'a: !foo 1\n', /tags like !name are not allowed/],
    ['an alias of nothing', 'name: *nope\n', /^1:7 .*\*nope needs an anchor &nope before it/],
    ['a mistyped alias', 'a: &base 1\nb: *bse\n', /did you mean \*base\?/],
    ['an alias within itself', 'a: &a [*a]\n', /\*a is inside the value of &a itself/],
    ['a map as a key', '{id}: 1\n', /a key must be a text/],
    ['a merge of no map', '<<: 5\na: 1\n', /<< needs another map/],
    ['brackets without an end', '['.repeat(20_000), /nested too deeply/],
  ])('%s', async (_, text, message) => {
    const [first] = (await faultLines(text)).filter((one) => one.includes('not valid YAML'));
    expect(first).toMatch(message);
    expect(first).not.toMatch(JARGON);
  });

  it.each<[string, string, RegExp]>([
    ['an empty file', '', /the file is empty/],
    ['a comment alone', '# nothing\n', /the file is empty/],
    ['a list', '[1, 2, 3]\n', /has a list/],
    ['a text', 'hello\n', /has a text/],
  ])('%s', async (_, text, message) => {
    expect(await faultLines(text)).toEqual([expect.stringMatching(message)]);
  });

  it('keys that may be in the part that cannot be read are not called missing', async () => {
    expect(await faultLines('slopegate: 1\nname: *nope\n')).toEqual([expect.stringMatching(/\*nope needs an anchor/)]);
  });

  it('aliases that multiply too much are refused at once', async () => {
    const names = 'abcdefghi'.split('');
    const lines = names.map((name, i) =>
      i === 0 ? 'a: &a [x,x,x,x,x,x,x,x,x]' : `${name}: &${name} [${`*${names[i - 1]},`.repeat(9)}]`,
    );
    expect(await faultLines(lines.join('\n'))).toEqual([expect.stringMatching(/^6:7 .*more than 500,000 values/)]);
  });

  it('line ends of Windows and a byte order mark are not faults', async () => {
    expect(await faultsOf(`\uFEFF${GOOD.replaceAll('\n', '\r\n')}`)).toEqual([]);
  });
});

describe('YAML as in Compose', () => {
  it('merge keys, anchors and the author’s own keys', async () => {
    const { scenario, faults } = await inspectText(
      {
        text: `${HEAD}x-base: &base { label: old, compose: a.yml, environment: { TAG: 1.0 } }
arms:
  baseline: *base
  candidate: { <<: *base, label: new }
  x-note: nothing
${STACK}${TRAFFIC}`,
      },
      '/s',
    );
    expect(faults).toEqual([]);
    expect(scenario?.arms).toMatchObject({
      baseline: { label: 'old', environment: { TAG: '1.0' } },
      candidate: { label: 'new', compose: ['/s/a.yml'], environment: { TAG: '1.0' } },
    });
  });

  it('a header that begins with x- is a header', async () => {
    const { scenario } = await inspectText({ text: GOOD.replace('GET /', 'GET /, headers: { x-id: 1.10 }') }, '/s');
    expect(scenario?.traffic.mix[0]?.headers).toEqual({ 'x-id': '1.10' });
  });

  it.each([
    ['1.10', '1.10'],
    ['1e3', '1e3'],
    ['0o17', '0o17'],
    ['20250105010203040506', '20250105010203040506'],
    ['010', '010'],
    ['yes', 'yes'],
    ['no', 'no'],
    ['true', 'true'],
    ['.5', '.5'],
    ['2026-01-05', '2026-01-05'],
    ['"1.10"', '1.10'],
    ['', '${env:TAG}'],
    ['null', '${env:TAG}'],
  ])('environment: { TAG: %s } is %s', async (written, value) => {
    const { scenario, faults } = await inspectText(
      { text: GOOD.replace('compose: a.yml', `compose: a.yml, environment: { TAG: ${written} }`) },
      '/s',
    );
    expect(faults).toEqual([]);
    expect(scenario?.arms.baseline.environment).toEqual({ TAG: value });
  });

  it('a label without quotes is the text that was written', async () => {
    const { scenario } = await inspectText({ text: GOOD.replace('label: old', 'label: 1.40') }, '/s');
    expect(scenario?.arms.baseline.label).toBe('1.40');
  });

  it('a number in a JSON body stays a number', async () => {
    const { scenario } = await inspectText({ text: GOOD.replace('GET /', 'POST /, json: { n: 1.50 }') }, '/s');
    expect(scenario?.traffic.mix[0]?.body).toEqual({ kind: 'json', value: { n: 1.5 } });
  });

  it('keys such as __proto__ are ordinary ones', async () => {
    const { scenario } = await inspectText(
      { text: GOOD.replace('GET /', 'POST /, form: { __proto__: a, constructor: b }') },
      '/s',
    );
    expect(scenario?.traffic.mix[0]?.body).toMatchObject({ kind: 'form', fields: { constructor: 'b' } });
  });
});
