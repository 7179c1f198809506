import { execFileSync } from 'node:child_process';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectScenario, inspectWithFiles } from '../../src/scenario/index.js';

let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'slopegate-stack-'))));
afterEach(() => rm(folder, { recursive: true }));

const COMPOSE = 'services:\n  waf:\n    image: acme/waf:${TAG:-1.0}\n  app: { image: acme/app }\n';
const SCENARIO = `slopegate: 1
name: tiny
arms:
  baseline: { label: old, compose: compose.yml, environment: { TAG: 1.10 } }
  candidate: { label: new, compose: compose.yml, environment: { TAG: 1.20 } }
stack: { entry: "waf:80" }
traffic: { mix: [{ label: home, request: GET / }] }
`;

async function faultLines(
  scenario: string,
  files: Readonly<Record<string, string>> = { 'compose.yml': COMPOSE },
  env: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  await writeFile(join(folder, 's.yaml'), scenario);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const { faults } = await inspectWithFiles(await inspectScenario(join(folder, 's.yaml')), env);
  return faults.map(
    ({ place, severity, message, hint }) =>
      `${severity} ${place?.file.slice(folder.length + 1)}:${place?.line}:${place?.column} ${message} | ${hint}`,
  );
}

describe('checks of the compose files without Docker', () => {
  it('a valid stack has no fault', async () => {
    expect(await faultLines(SCENARIO)).toEqual([]);
  });

  it('a missing compose file is reported at the place of its name, for both arms', async () => {
    expect(await faultLines(SCENARIO.replaceAll('compose.yml', 'compse.yml'))).toEqual([
      expect.stringMatching(/^error s\.yaml:4:36 the compose file .*compse\.yml: there is no such file/),
      expect.stringMatching(/^error s\.yaml:5:37 /),
    ]);
  });

  it.each<[string, string, RegExp]>([
    ['broken YAML', 'services:\n\twaf: {}\n', /^error compose\.yml:2:1 not valid YAML: a tab/],
    ['no compose file at all', 'hello\n', /^error compose\.yml:1:1 this is not a compose file/],
    ['a file of Compose v1', 'waf:\n  image: a\n', /^error compose\.yml:1:1 there are no services in it .*Compose v1/],
    ['a list of services', 'services: [waf]\n', /^error compose\.yml:1:11 services is not a map/],
    [
      'a service without settings',
      'services:\n  waf:\n',
      /^error compose\.yml:\d:\d+ the service waf is not a map of set/,
    ],
    [
      'a name with other letters',
      'services: { wäf: { image: a } }\n',
      /^error .*1:\d+ Compose does not accept the name .* wäf/,
    ],
    ['a service that is a text', 'services: { waf: a }\n', /^error compose\.yml:1:18 the service waf is not a map/],
    [
      'a variable that must have a value',
      COMPOSE.replace(':-1.0', ':?say which'.replace('TAG', 'X')).replace('{TAG', '{OTHER'),
      /^error compose\.yml:3:12 OTHER must have a value, but has none \| put OTHER into environment/,
    ],
  ])('%s is reported with its place', async (_, text, message) => {
    expect((await faultLines(SCENARIO, { 'compose.yml': text }))[0]).toMatch(message);
  });

  it.each<[string, string, string, RegExp]>([
    ['entry', 'entry: "waf:80"', 'entry: "wafx:80"', /6:17 .*no service "wafx" \| did you mean "waf"\?/],
    ['origin', '"waf:80"', '"waf:80", origin: "back:9090"', /"back" \| services: waf, app/],
    ['omit', 'label: new,', 'label: new, omit: [ap],', /"ap" \| did you mean "app"\?/],
    ['a step', '"waf:80"', '"waf:80", steps: [{ waitHealthy: wax }]', /no service "wax"/],
    ['unjudged', '"waf:80"', '"waf:80", unjudged: [orign]', /^warning .*no service "orign"/],
  ])('%s names a service that is not there', async (_, before, after, message) => {
    expect(await faultLines(SCENARIO.replace(before, after))).toEqual([expect.stringMatching(message)]);
  });

  it('a service whose profile is not on is not started', async () => {
    const files = { 'compose.yml': COMPOSE.replace('    image', '    profiles: [edge, all]\n    image') };
    expect(await faultLines(SCENARIO, files)).toEqual([
      expect.stringMatching(
        /6:17 .*"waf" is not started: none of its profiles \(edge, all\) is on \| write COMPOSE_PROFILES: edge/,
      ),
    ]);
    expect(await faultLines(SCENARIO, files, { COMPOSE_PROFILES: 'edge' })).toEqual([]);
  });

  it('a pipe is not read, as a compose file or as its .env', async () => {
    const pipe = (name: string) => execFileSync('mkfifo', [join(folder, name)]);
    pipe('.env');
    expect(await faultLines(SCENARIO)).toEqual([]);
    pipe('pipe.yml');
    expect(await faultLines(SCENARIO.replaceAll('compose.yml', 'pipe.yml'))).toEqual([
      expect.stringMatching(/^error s\.yaml:4:36 .* this is a pipe or a device/),
      expect.stringMatching(/^error s\.yaml:5:37 /),
    ]);
  });

  it.each<[string, string, RegExp]>([
    [
      'another name',
      '{ "acme/wav": 1.20 }',
      /^error s\.yaml:5:\d+ .*no image "acme\/wav".* \| did you mean "acme\/waf"\?/,
    ],
    [
      'a pattern without a match',
      '{ "vendor/*": 1.20 }',
      /^error s\.yaml:5:\d+ .*no image "vendor\/\*".* \| images: acme\/waf/,
    ],
  ])('a tag for an image that no service has: %s', async (_, images, message) => {
    expect(await faultLines(SCENARIO.replace('label: new,', `label: new, images: ${images},`))).toEqual([
      expect.stringMatching(message),
    ]);
  });

  it('an image whose name is known only at the run is not guessed', async () => {
    const scenario = SCENARIO.replace('TAG: 1.20 }', 'TAG: "${env:OF_RUN}" }, images: { "acme/wav": 1.20 }');
    expect(await faultLines(scenario)).toEqual([]);
  });

  it('services of files that include others are not guessed', async () => {
    const files = { 'compose.yml': `include: [other.yml]\n${COMPOSE}` };
    expect(await faultLines(SCENARIO.replace('waf:80', 'elsewhere:80'), files)).toEqual([]);
  });
});

describe('two equal arms', () => {
  const same = SCENARIO.replace('1.20', '1.10');
  const EQUAL = /^error s\.yaml:5:14 .*both arms are the same/;

  it('are refused unless the scenario expects it', async () => {
    expect(await faultLines(same)).toEqual([expect.stringMatching(EQUAL)]);
    expect(await faultLines(`${same}expect: same\n`)).toEqual([]);
  });

  it('also if the different variable is not used', async () => {
    expect(await faultLines(SCENARIO, { 'compose.yml': COMPOSE.replace('${TAG:-1.0}', '2.3') })).toEqual([
      expect.stringMatching(EQUAL),
    ]);
  });

  it('also if two files say the same', async () => {
    const two = same.replace('new, compose: compose.yml', 'new, compose: other.yml');
    expect(await faultLines(two, { 'compose.yml': COMPOSE, 'other.yml': COMPOSE })).toEqual([
      expect.stringMatching(EQUAL),
    ]);
  });

  it.each<[string, string]>([
    ['another profile', same.replace('1.10 } }\nstack', '1.10, COMPOSE_PROFILES: extra } }\nstack')],
    ['another step', same.replace('label: new,', 'label: new, steps: [{ waitHealthy: waf }],')],
    ['another image', same.replace('label: new,', 'label: new, images: { "acme/*": 1.30 },')],
    ['another host', same.replace('label: new,', 'label: new, host: other,')],
    ['a service less', same.replace('label: new,', 'label: new, omit: [app],')],
  ])('are not the same with %s', async (_, text) => {
    const files = { 'compose.yml': `${COMPOSE}  extra: { image: acme/extra, profiles: [extra] }\n` };
    expect(await faultLines(text, files)).toEqual([]);
  });

  it('a variable that is passed to the container is a difference', async () => {
    const compose = 'services:\n  waf: { image: a, environment: [TAG] }\n';
    expect(await faultLines(SCENARIO, { 'compose.yml': compose })).toEqual([]);
  });

  it('folders with different builds are a difference', async () => {
    const built = 'services:\n  waf: { build: . }\n';
    const two = same.replaceAll('compose.yml', 'a/c.yml').replace('new, compose: a/c.yml', 'new, compose: b/c.yml');
    expect(await faultLines(two, { 'a/c.yml': built, 'b/c.yml': built })).toEqual([]);
  });

  it('a file that includes others may differ in them', async () => {
    expect(
      await faultLines(SCENARIO, { 'compose.yml': `include: [o.yml]\nservices: { waf: { image: a } }\n` }),
    ).toEqual([]);
  });
});
