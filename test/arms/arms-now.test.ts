import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { digestOfModel } from '../../src/arms/arms-now.js';
import type { ComposeModel } from '../../src/compose/model.js';
import { temporaryFolder } from '../recording/samples.js';

const work = temporaryFolder();
afterAll(() => work[Symbol.dispose]());

let folders = 0;
/** A folder with a file that is mounted. */
function folderWith(rules: string): string {
  const folder = join(work.path, `stack-${(folders += 1)}`);
  mkdirSync(join(folder, 'rules'), { recursive: true });
  writeFileSync(join(folder, 'rules', 'own.conf'), rules);
  return folder;
}

const modelIn = (folder: string, image = 'waf:1', environment: Record<string, string> = {}): ComposeModel => ({
  name: folder.split('/').at(-1)!,
  services: {
    waf: { image, environment, volumes: [{ type: 'bind', source: join(folder, 'rules'), target: '/rules' }] },
  },
  networks: { default: { name: `${folder.split('/').at(-1)}_default` } },
});

const digest = (folder: string, image?: string, environment?: Record<string, string>): Promise<string> =>
  digestOfModel(modelIn(folder, image, environment), folder, (text) => text.replaceAll('from-vault', '***'));

test('the same stack has the same digest, in another folder too', async () => {
  expect(await digest(folderWith('SecRuleEngine On'))).toBe(await digest(folderWith('SecRuleEngine On')));
});

test('the compose files and the content of mounted files count', async () => {
  const folder = folderWith('SecRuleEngine On');
  const one = await digest(folder);
  expect(await digest(folder, 'waf:2')).not.toBe(one);
  expect(await digest(folder, 'waf:1', { MODE: 'leak' })).not.toBe(one);
  writeFileSync(join(folder, 'rules', 'own.conf'), 'SecRuleEngine Off');
  expect(await digest(folder)).not.toBe(one);
});

test('the Dockerfile counts; other files of the build do not', async () => {
  const folder = folderWith('');
  const built = (): Promise<string> =>
    digestOfModel({ services: { waf: { build: { context: folder, dockerfile: 'Dockerfile' } } } }, folder, (t) => t);
  writeFileSync(join(folder, 'Dockerfile'), 'FROM debian:12');
  const one = await built();
  writeFileSync(join(folder, 'main.c'), 'int main() {}');
  expect(await built()).toBe(one);
  writeFileSync(join(folder, 'Dockerfile'), 'FROM debian:13');
  expect(await built()).not.toBe(one);
});

test('secrets do not count: nobody can guess them from a digest', async () => {
  const folder = folderWith('');
  const withSecret = (value: string) => digest(folder, 'waf:1', { DB_PASSWORD: value });
  expect(await withSecret('first-secret')).toBe(await withSecret('second-secret'));
  expect(await digest(folder, 'waf:1', { KEY_ID: 'from-vault' })).toBe(
    await digest(folder, 'waf:1', { KEY_ID: '***' }),
  );
});
