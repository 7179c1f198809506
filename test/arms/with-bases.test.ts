import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withBases } from '../../src/arms/with-bases.js';

let context = '';
beforeEach(async () => void (context = await mkdtemp(join(tmpdir(), 'slopegate-bases-'))));
afterEach(() => rm(context, { recursive: true }));

async function contextsOf(dockerfile: string, more: object = {}): Promise<unknown> {
  await writeFile(join(context, 'Dockerfile'), dockerfile);
  const { services } = await withBases({
    services: {
      base: { image: 'vendor/base:1', build: { context: '/nowhere' } },
      rules: { image: 'docker.io/vendor/rules:latest', build: { context: 'https://example.org/rules.git' } },
      db: { image: 'vendor/db:1' },
      waf: { image: 'vendor/waf:1', build: { context, ...more } },
    },
  });
  return services['waf']?.build?.['additional_contexts'];
}

const BASE = { 'vendor/base:1': 'service:base' };

test.each([
  ['FROM', 'FROM vendor/base:1\n', BASE],
  ['a platform, a stage, small letters', 'from --platform=$BUILDPLATFORM vendor/base:1 as run\n', BASE],
  ['an argument', 'ARG BASE=vendor/base\nARG TAG\nFROM ${BASE}:${TAG:-1}\n', BASE],
  ['the newest tag', 'FROM debian\nCOPY --from=vendor/rules /r /r\n', { 'vendor/rules': 'service:rules' }],
  ['a mount', 'FROM debian\nRUN --mount=type=bind,from=vendor/base:1,target=/b ls\n', BASE],
  ['another tag of the image', 'FROM vendor/base:2\n', undefined],
  ['an image that is not built here', 'FROM vendor/db:1\n', undefined],
  ['its own name', 'FROM vendor/waf:1\n', undefined],
])('the image of another service, named by %s', async (_name, dockerfile, expected) => {
  expect(await contextsOf(dockerfile)).toEqual(expected);
});

test('build arguments win over those of the Dockerfile, and stated contexts over both', async () => {
  const text = 'ARG BASE=debian\nFROM ${BASE}\n';
  expect(await contextsOf(text, { args: { BASE: 'vendor/base:1' } })).toEqual(BASE);
  const own = { 'vendor/base:1': 'docker-image://mine' };
  expect(await contextsOf('FROM vendor/base:1', { additional_contexts: own })).toEqual(own);
});

test('a Dockerfile inside the compose file, and none at all', async () => {
  expect(await contextsOf('FROM debian', { dockerfile_inline: 'ARG B=base:1\nFROM vendor/$${B}' })).toEqual(BASE);
  expect(await contextsOf('FROM debian', { dockerfile: 'missing' })).toBeUndefined();
});
