import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { diffFiles } from '../../src/arms/index.js';
import { ARMS, type ArmSettings, type Scenario } from '../../src/model/index.js';
import { describeDifference } from '../../src/words/differences.js';
import { scenarioOf } from '../stack/scenarios.js';

let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'slopegate-diff-files-'))));
afterEach(() => rm(folder, { recursive: true }));

interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly baseline?: Partial<ArmSettings>;
  readonly candidate?: Partial<ArmSettings>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Both arms use compose.yml, unless they name other files. Paths below the folder are written from there. */
async function told({ files, env = {}, ...stated }: Case): Promise<{ lines: readonly string[]; unknown: string[] }> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const scenario = scenarioOf([]);
  const arms = Object.fromEntries(
    ARMS.map((arm) => {
      const { compose = ['compose.yml'], ...rest } = stated[arm] ?? {};
      return [arm, { label: arm, environment: {}, ...rest, compose: compose.map((file) => join(folder, file)) }];
    }),
  ) as unknown as Scenario['arms'];
  const { differences, unknown } = await diffFiles({ ...scenario, arms }, env);
  const lines = differences.map((one) => `${one.kind}: ${describeDifference(one).replaceAll(`${folder}/`, '')}`);
  return { lines, unknown: unknown.map(({ code }) => code) };
}

const WAF = 'services: { waf: { image: "vendor/waf:${TAG:-1}", environment: { MODE: "${MODE-}" } } }';

test('variables, images by name, and omitted services', async () => {
  const { lines, unknown } = await told({
    files: { 'compose.yml': `${WAF.slice(0, -1)}, side: { image: side:1 } }` },
    candidate: { environment: { TAG: '2', MODE: 'on' }, omit: ['side'] },
  });
  expect(lines).toEqual([
    'service: side: only in the baseline',
    'environment: waf environment MODE:  → on',
    'image: waf image: vendor/waf:1 → vendor/waf:2',
  ]);
  expect(unknown).toEqual(['images-by-name']);
});

test('a tag of arms.X.images', async () => {
  const { lines } = await told({ files: { 'compose.yml': WAF }, candidate: { images: { 'vendor/*': '3' } } });
  expect(lines).toEqual(['image: waf image: vendor/waf:1 → vendor/waf:3']);
});

test('short and long forms are the same', async () => {
  const { lines } = await told({
    files: {
      'compose.yml': `services:
  waf:
    build: .
    environment: [A=1, B]
    volumes: ["./w.conf:/w.conf:ro", data:/data]
    depends_on: [db]
    configs: [app]
  db: { image: db:1 }
`,
      'long.yml': `services:
  waf:
    build: { context: . }
    environment: { A: 1, B: "" }
    volumes:
      - { type: bind, source: ./w.conf, target: /w.conf, read_only: true }
      - { type: volume, source: data, target: /data }
    depends_on: { db: {} }
    configs: [{ source: app, target: /app }]
  db: { image: db:1 }
`,
    },
    candidate: { compose: ['long.yml'] },
  });
  expect(lines).toEqual([]);
});

test('files are compared by what is in them, wherever they are', async () => {
  const stack = `services:
  waf:
    image: waf:1
    env_file: waf.env
    volumes: ["./rules:/rules:ro", "./same:/same:ro"]
    configs: [app]
configs: { app: { file: ./app.conf } }
`;
  const files = (of: string, text: string) => ({
    [`${of}/compose.yml`]: stack,
    [`${of}/waf.env`]: text,
    [`${of}/rules/one.conf`]: text,
    [`${of}/same/two.conf`]: 'same',
    [`${of}/app.conf`]: text,
  });
  const arms = { baseline: { compose: ['a/compose.yml'] }, candidate: { compose: ['b/compose.yml'] } };
  expect((await told({ files: { ...files('a', 'x'), ...files('b', 'y') }, ...arms })).lines).toEqual([
    'environment: waf env_file.1: a/waf.env → b/waf.env',
    'files: waf volumes./rules.source: a/rules → b/rules',
    'files: configs.app.file: a/app.conf → b/app.conf',
  ]);
  expect((await told({ files: files('b', 'x'), ...arms })).lines).toEqual([]);
});

test('a repository is not a folder', async () => {
  const files = { 'compose.yml': 'services: { waf: { build: "https://example.org/waf.git#${TAG-1}" } }' };
  expect((await told({ files, candidate: { environment: { TAG: '2' } } })).lines).toEqual([
    'image: waf build.context: https://example.org/waf.git#1 → https://example.org/waf.git#2',
  ]);
});

test('limits, settings and networks', async () => {
  const { lines } = await told({
    files: {
      'compose.yml': 'services: { waf: { image: waf:1, mem_limit: 1g, command: [a] } }\nnetworks: { n: {} }',
      'other.yml': 'services: { waf: { mem_limit: 2g, command: [b] } }\nnetworks: { n: { internal: true } }',
    },
    candidate: { compose: ['compose.yml', 'other.yml'] },
  });
  expect(lines).toEqual([
    'settings: waf command: ["a"] → ["b"]',
    'limits: waf mem_limit: 1g → 2g',
    'settings: networks.n.internal: not stated → true',
  ]);
});

test('services of other profiles are not started', async () => {
  const files = { 'compose.yml': 'services: { waf: { image: waf:1 }, ui: { image: ui:1, profiles: [ui] } }' };
  expect((await told({ files, candidate: { omit: ['ui'] } })).lines).toEqual([]);
  expect((await told({ files, candidate: { environment: { COMPOSE_PROFILES: 'x,ui' } } })).lines).toEqual([
    'service: ui: only in the candidate',
  ]);
});

test('secrets are stars, and another secret is a difference', async () => {
  const { lines } = await told({
    files: { 'compose.yml': 'services: { waf: { image: waf:1, environment: { DB_PASSWORD: "${P}" } } }', '.env': 'P=' },
    baseline: { environment: { P: 'first-secret' } },
    candidate: { environment: { P: 'second-secret' } },
  });
  expect(lines).toEqual(['environment: waf environment DB_PASSWORD: *** → *** (another)']);
});

test('files that are taken in by others are not read, and this is said', async () => {
  const { unknown } = await told({ files: { 'compose.yml': 'include: [a.yml]\nservices: { waf: { image: waf:1 } }' } });
  expect(unknown).toEqual(['files-not-read', 'images-by-name']);
});

test.each([
  ['nulls', 'services: { waf: { image: null, volumes: null, environment: null, build: null } }\nvolumes: null'],
  ['numbers', 'services: { waf: { image: 1, volumes: 2, env_file: 3, depends_on: 4, networks: 5, configs: 6 } }'],
  ['lists of other things', 'services: { waf: { volumes: [[], 1, null, {}], environment: [[], null], build: [] } }'],
  ['resources of another form', 'services: { waf: {} }\nvolumes: [a]\nconfigs: { a: 1 }\nsecrets: x\nnetworks: {n: 2}'],
  ['options that are no texts', 'services: { w: {} }\nvolumes: { v: { driver_opts: { device: 1, o: true } } }'],
  ['a mount without a source', 'services: { w: { volumes: [{ type: bind, target: /a }, { type: bind, source: 5 }] } }'],
])('what Compose would not accept is no crash: %s', async (_name, text) => {
  expect((await told({ files: { 'compose.yml': text } })).lines).toEqual([]);
});
