import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { writeProfile } from '../../src/init/profile.js';
import { understand } from '../../src/init/understand.js';
import { loadScenario } from '../../src/scenario/index.js';
import { slopegate } from '../cli/in-process.js';

// A busy host is slow, not wrong.
vi.setConfig({ testTimeout: 60_000 });

const shipped = fileURLToPath(new URL('../../scenarios', import.meta.url));
let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'slopegate-init-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const OWN = `services:
  db: { image: "postgres:16", ports: ["5432:5432"] }
  app: { image: "node:20" }
  waf: { image: "acme/waf:2.3", ports: ["443:8443", "80:8080"], environment: { BACKEND: "http://app:3000" } }
`;

async function init(files: Readonly<Record<string, string>>, ...options: readonly string[]) {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return slopegate(['init', ...options], { cwd: folder });
}

const written = () => loadScenario(join(folder, 'slopegate/upgrade.yaml'));

async function textsOf(at: string): Promise<string> {
  const names = await readdir(at, { recursive: true, withFileTypes: true });
  const texts = names
    .filter((entry) => entry.isFile())
    .map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8'));
  return (await Promise.all(texts)).join('\n');
}

describe('slopegate init, with a profile', () => {
  test.each(['safeline', 'modsecurity-crs-docker', 'coraza-caddy', 'bunkerweb', 'gateway'])(
    '%s is copied to another folder, is still valid, and can be moved',
    async (profile) => {
      const files = await writeProfile({ shipped, profile, folder: join(folder, 'new') });
      expect(files.length).toBeGreaterThan(0);
      for (const file of files)
        expect((await loadScenario(file)).arms.baseline.compose[0]).toContain(join(folder, 'new'));
      const texts = await textsOf(join(folder, 'new'));
      expect(texts).not.toContain(shipped);
      expect(texts).not.toContain(folder);
      expect(texts).toContain('$schema=./scenario.schema.json');
      expect(await readdir(join(folder, 'new/images/origin'))).toContain('Dockerfile');
    },
  );

  test('nothing is overwritten, and a mistyped profile is named', async () => {
    await expect(writeProfile({ shipped, profile: 'gateway', folder })).rejects.toMatchObject({ code: 'USAGE' });
    await expect(writeProfile({ shipped, profile: 'safelin', folder: join(folder, 'x') })).rejects.toMatchObject({
      hint: 'did you mean "safeline"?',
    });
  });

  test('a folder that cannot be made is a clear error and does not hang', async () => {
    const { exit, err } = await slopegate(['init', 'gateway', '--to', '/proc/slopegate'], { cwd: folder });
    expect(exit).toBe(5);
    expect(err).toMatch(/error DISK: Cannot make the folder \/proc\/slopegate: /);
  });
});

describe('slopegate init, for the stack in this folder', () => {
  test('finds the WAF, the entry and the other services; the versions differ', async () => {
    const { exit, out } = await init({ 'compose.yml': OWN }, '--candidate', '2.4');
    expect(exit).toBe(0);
    expect(out).toMatch(/Compared: {2}waf .*the tag of acme\/waf is replaced in each arm/);
    expect(out).toMatch(/Versions: {2}waf 2\.3 → waf 2\.4\nEntry: {5}waf:8080\nOthers: {4}db, app/);
    expect(await written()).toMatchObject({
      arms: {
        baseline: { compose: [join(folder, 'compose.yml')], images: { 'acme/waf': '2.3' } },
        candidate: { images: { 'acme/waf': '2.4' } },
      },
      stack: { entry: { service: 'waf', port: 8080 }, unjudged: ['db', 'app'] },
    });
    expect((await slopegate(['validate', 'slopegate/upgrade.yaml'], { cwd: folder })).exit).toBe(0);
    expect(await textsOf(join(folder, 'slopegate'))).not.toContain(folder);
  });

  test('a variable that must have a value names the version', async () => {
    const compose = OWN.replace('acme/waf:2.3', 'acme/waf:${TAG:?tag required}');
    const { exit } = await init({ 'compose.yml': compose }, '--baseline', '1.10', '--candidate', 'acme/waf:1.20');
    expect(exit).toBe(0);
    expect(await written()).toMatchObject({
      arms: { baseline: { environment: { TAG: '1.10' } }, candidate: { environment: { TAG: '1.20' } } },
    });
  });

  test('only a Dockerfile: its build argument names the version', async () => {
    const { exit } = await init(
      { Dockerfile: 'ARG NGINX_VERSION=1\nFROM nginx:${NGINX_VERSION}\nEXPOSE 8081\n' },
      '--baseline',
      '1.28',
      '--candidate',
      '1.29',
    );
    expect(exit).toBe(0);
    expect((await written()).stack.entry).toEqual({ service: 'waf', port: 8081 });
    expect(await readFile(join(folder, 'slopegate/compose.yml'), 'utf8')).toContain('NGINX_VERSION: "${VERSION}"');
  });

  test('a service that is built gets its version through a file beside the scenario', async () => {
    const compose = 'services:\n  edge: { build: ., ports: ["80:80"] }\n';
    const { exit } = await init(
      { 'compose.yml': compose, Dockerfile: 'ARG VERSION\nFROM nginx:${VERSION}\n' },
      '--baseline',
      '1',
      '--candidate',
      '2',
    );
    expect(exit).toBe(0);
    expect((await written()).arms.candidate).toMatchObject({
      compose: [join(folder, 'compose.yml'), join(folder, 'slopegate/versions.yml')],
      environment: { VERSION: '2' },
    });
  });

  test('the files that Compose takes: an override beside the file, or those of COMPOSE_FILE', async () => {
    const override = 'services: { waf: { image: "acme/waf:2.9", ports: !override ["81:8081"] } }\n';
    const { out } = await init({ 'compose.yml': OWN, 'compose.override.yml': override }, '--candidate', '3');
    expect(out).toMatch(/From: {6}compose\.yml, compose\.override\.yml\n/);
    expect(out).toMatch(/Versions: {2}waf 2\.9 → waf 3\nEntry: {5}waf:8081\n/);
    const files = { '.env': 'COMPOSE_FILE=a.yml:b.yml\n', 'a.yml': OWN, 'b.yml': override };
    const stated = await init(files, '--candidate', '3', '--to', 'other');
    expect(stated.out).toMatch(/From: {6}a\.yml, b\.yml\n/);
  });

  test('services of other profiles are not in the test, and a guessed port is said to be one', async () => {
    const compose = 'services: { waf: { image: "acme/waf:2.3" }, ui: { image: acme/ui, profiles: [ui] } }\n';
    const { out } = await init({ 'compose.yml': compose }, '--candidate', '3');
    expect(out).toContain('Others:    nothing\n');
    expect(out).toContain('Not known: the port: waf publishes none, so 8080 is a guess\n');
    await rm(join(folder, 'slopegate'), { recursive: true });
    const edge = compose.replace('image: "acme/waf:2.3"', 'image: "acme/waf:2.3", profiles: [edge]');
    expect((await init({ 'compose.yml': edge }, '--candidate', '3')).out).toContain(
      'write COMPOSE_PROFILES: edge into',
    );
  });

  test('two images and nothing else', async () => {
    const { exit, out } = await init({}, '--baseline', 'vendor/waf:1.9', '--candidate', 'vendor/waf:2.0');
    expect(exit).toBe(0);
    expect(out).toContain('Not known: the address of the backend');
    expect((await written()).arms).toMatchObject({
      baseline: { images: { 'vendor/waf': '1.9' } },
      candidate: { images: { 'vendor/waf': '2.0' } },
    });
  });

  test.each<[string, string, RegExp]>([
    ['access.log', '10.0.0.1 - - [1/Jan/2026:00:00:00 +0000] "GET /a HTTP/1.1" 200 1 "-" "x"\n', /import: access-log/],
    ['zap.txt', '===1 ==========\nGET http://a/ HTTP/1.1\nHost: a\n\n', /import: zap/],
    ['copied.sh', "curl 'http://a/' -H 'X: 1'\n", /import: curl/],
    ['942100.yaml', 'meta: {}\ntests: []\n', /import: ftw/],
    ['items.xml', '<?xml version="1.0"?>\n<items burpVersion="2026.1">\n</items>\n', /import: burp/],
    ['site.har', '{"log": {"version": "1.2", "entries": []}}', /import: har, paths: \["\.\.\/site\.har"\]/],
  ])('--traffic %s takes the user’s own traffic', async (name, text, line) => {
    const { exit } = await init({ 'compose.yml': OWN, [name]: text }, '--candidate', '3', '--traffic', name);
    expect(exit).toBe(0);
    expect(await readFile(join(folder, 'slopegate/upgrade.yaml'), 'utf8')).toMatch(line);
  });

  test.each<[string, Readonly<Record<string, string>>, readonly string[], RegExp]>([
    ['one version alone', { 'compose.yml': OWN }, ['--yes'], /two versions of waf are needed.*\n.*--baseline 2\.3/],
    ['the same version twice', { 'compose.yml': OWN }, ['--candidate', '2.3'], /both versions are 2\.3/],
    ['another image', { 'compose.yml': OWN }, ['--candidate', 'else/waf:3'], /is not a version of acme\/waf/],
    ['a compose file that cannot be read', { 'compose.yml': 'a:\n\tb: 1\n' }, ['--candidate', '3'], /compose\.yml:2:1/],
    ['no services', { 'compose.yml': 'name: x\n' }, ['--candidate', '3'], /compose\.yml:1:1\n.*there are no services/],
    ['a list of services', { 'compose.yml': 'services: [waf]\n' }, [], /compose\.yml:1:11\n.*services is not a map/],
    ['a service without settings', { 'compose.yml': 'services: { waf: }\n' }, [], /the service waf is not a map/],
    [
      'an image that is in another file',
      { 'compose.yml': 'services: { waf: { extends: { file: a.yml, service: b }, ports: ["80"] } }' },
      [],
      /waf has neither an image nor a build\n.*extends are not read here/,
    ],
    [
      'a build from a repository',
      { 'compose.yml': 'services: { waf: { build: "https://example.org/waf.git", ports: ["80"] } }' },
      [],
      /waf is built from https:\/\/example\.org\/waf\.git, which is not read here/,
    ],
    ['COMPOSE_FILE of a missing file', { '.env': 'COMPOSE_FILE=a.yml\n' }, [], /a\.yml: there is no such file/],
    ['databases alone', { 'compose.yml': 'services: { db: { image: postgres } }' }, [], /found no service/],
    ['a Dockerfile without an argument', { Dockerfile: 'FROM nginx\n' }, ['--candidate', '3'], /add "ARG VERSION"/],
    ['an empty folder', {}, [], /no compose file and no Dockerfile/],
    [
      'no recording',
      { 'compose.yml': OWN, x: 'hello' },
      ['--candidate', '3', '--traffic', 'x'],
      /does not know this kind of recording/,
    ],
  ])('%s ends with 2, and nothing is written', async (_, files, options, message) => {
    const { exit, out, err } = await init(files, ...options);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toMatch(message);
    expect(await readdir(folder)).toEqual(Object.keys(files).toSorted());
  });

  test('an existing folder is not changed', async () => {
    await mkdir(join(folder, 'slopegate'));
    const { exit, err } = await init({ 'compose.yml': OWN }, '--candidate', '3');
    expect(exit).toBe(2);
    expect(err).toMatch(/exists already\n {2}hint: no file is overwritten/);
  });
});

describe('the choice of the service', () => {
  test.each<[string, Parameters<typeof understand>[0], { service: string; port: number }]>([
    [
      'a WAF before a proxy before an app',
      {
        app: { image: 'node:20', ports: ['3000:3000'] },
        lb: { image: 'haproxy:3', ports: ['80:80'] },
        crs: { image: 'owasp/modsecurity-crs:4-nginx' },
      },
      { service: 'crs', port: 8080 },
    ],
    [
      'never a database, however early it publishes',
      { redis: { image: 'redis', ports: ['80:6379'] }, web: { image: 'acme/web', ports: [{ target: 8000 }] } },
      { service: 'web', port: 8000 },
    ],
    [
      'a service by its name',
      { 'my-gateway': { build: '.', ports: ['9000:9000'] } },
      { service: 'my-gateway', port: 9000 },
    ],
  ])('%s', (_, services, entry) => {
    expect(understand(services, [])?.entry).toEqual(entry);
  });
});
