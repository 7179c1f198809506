import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT_KINDS, type FaultKind } from '../../src/model/index.js';
import { inspectScenario, inspectWithFiles } from '../../src/scenario/index.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slopegate-kinds-'));
  await writeFile(join(folder, 'compose.yml'), 'services:\n  waf: { image: "acme/waf:${TAG:-1.0}" }\n');
});
afterAll(() => rm(folder, { recursive: true }));

const ARMS = `arms:
  baseline: { label: old, compose: compose.yml, environment: { TAG: 1.10 } }
  candidate: { label: new, compose: compose.yml, environment: { TAG: 1.20 } }
`;
const STACK = 'stack: { entry: "waf:80" }\n';
const TRAFFIC = 'traffic: { mix: [{ label: home, request: GET / }] }\n';
const GOOD = `slopegate: 1\nname: tiny\n${ARMS}${STACK}${TRAFFIC}`;
const journey = (steps: string, more = ''): string =>
  GOOD.replace(TRAFFIC, `traffic: { rate: 50/s, journeys: [{ name: visit, ${more} steps: [${steps}] }] }\n`);
const LOGIN = '{ label: in, request: GET /, capture: { token: "cookie:sid" } }';

async function kindsOf(text: string | Uint8Array): Promise<readonly (FaultKind | undefined)[]> {
  await writeFile(join(folder, 's.yaml'), text);
  const { faults } = await inspectWithFiles(await inspectScenario(join(folder, 's.yaml')), {});
  return faults.map(({ kind }) => kind);
}

/** Ten lists of ten aliases each: ten billion values. */
const BOMB = [
  'x-0: &n0 [1, 1]',
  ...Array.from({ length: 10 }, (_, i) => `x-${i + 1}: &n${i + 1} [${`*n${i}, `.repeat(10)}]`),
]
  .map((line) => `${line}\n`)
  .join('');

const CASES: readonly (readonly [FaultKind, string | Uint8Array])[] = [
  ['file-unreadable', `${GOOD}extends: none.yaml\n`],
  ['not-text', Buffer.from(GOOD, 'utf16le').subarray(0, 40)],
  ['not-yaml', `${GOOD}gate: [\n`],
  ['too-many-values', `${GOOD}${BOMB}`],
  ['not-a-scenario', '- one\n- two\n'],
  ['extends-circle', `${GOOD}extends: s.yaml\n`],
  ['unknown-key', GOOD.replace('label: old', 'labl: x, label: old')],
  ['missing-key', GOOD.replace(STACK, '')],
  ['wrong-type', GOOD.replace('[{ label: home, request: GET / }]', 'none')],
  ['unknown-choice', `${GOOD}experiment: { preset: gat }\n`],
  ['unknown-form', GOOD.replace('{ mix:', '{ rate: [], mix:')],
  ['out-of-range', GOOD.replace('{ mix:', '{ seed: -1, mix:')],
  ['value-refused', `${GOOD}gate: { margin: 32 }\n`],
  ['template-unusable', GOOD.replace('GET /', '"GET /{idd}"')],
  ['captured-later', journey(`{ label: use, request: "GET /{token}" }, ${LOGIN}`, 'users: 1000,')],
  ['source-missing', GOOD.replace('{ mix:', '{ sources: [{ corpus: none.ndjson }], mix:')],
  ['partly-sent', GOOD.replace('request: GET /', 'request: GET /, headers: { Upgrade: websocket }')],
  ['steps-too-fast', journey(`${LOGIN}, { label: use, request: "GET /{token}" }`, 'users: 1,')],
  ['window-too-short', `${GOOD}experiment: { window: { requests: 10 } }\n`],
  ['window-too-long', `${GOOD}experiment: { window: { seconds: 99999h } }\n`],
  ['trace-too-large', GOOD.replace('{ mix:', '{ rate: 900/s, mix:') + 'experiment: { window: { seconds: 144h } }\n'],
  ['action-impossible', `${GOOD}experiment: { actions: [{ at: 900 h, exec: { service: waf, command: [reload] } }] }\n`],
  ['two-margins', `${GOOD}gate: { margin: 32 B/request, production: { rate: 200/s, headroom: 2GiB, survive: 30d } }\n`],
  ['cannot-repeat', `${GOOD}experiment: { preset: instant, warmup: { requests: 200 } }\n`],
  ['no-live-heap', `${GOOD}gate: { confirm: live-heap }\n`],
  ['compose-file', GOOD.replaceAll('compose.yml', 'none.yml')],
  ['unknown-image', GOOD.replace('label: new,', 'label: new, images: { other/image: "2" },')],
  ['unknown-service', GOOD.replace('waf:80', 'elsewhere:80')],
  ['arms-alike', GOOD.replace('1.20', '1.10')],
];

describe('each kind of fault has a stable name', () => {
  it.each(CASES)('%s', async (kind, text) => {
    expect(await kindsOf(text)).toContain(kind);
  });

  it('a scenario without faults has none', async () => {
    expect(await kindsOf(GOOD)).toEqual([]);
  });

  it('the page of errors has exactly these names', async () => {
    const page = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
    expect(rows).toEqual(FAULT_KINDS);
  });
});
