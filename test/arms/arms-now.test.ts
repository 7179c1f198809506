import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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

test('the target of a symbolic link counts', async () => {
  const folder = folderWith('SecRuleEngine On');
  const link = join(folder, 'rules', 'current.conf');
  const linked = (target: string): Promise<string> => {
    rmSync(link, { force: true });
    symlinkSync(target, link);
    return digest(folder);
  };
  const one = await linked('own.conf');
  expect(await linked('other.conf')).not.toBe(one);
  expect(await linked('own.conf')).toBe(one);
});

test('the place of a repository does not count, if its compose files are above the scenario or beside it', async () => {
  const built = (context: string, folder: string): Promise<string> =>
    digestOfModel({ services: { waf: { build: { context, dockerfile: 'Dockerfile' } } } }, folder, (text) => text);
  const [one, other] = [folderWith(''), folderWith('')];
  for (const place of ['app', '.', 'tests/app']) {
    const at = (repository: string): Promise<string> => built(join(repository, place), join(repository, 'tests'));
    expect(await at(one)).toBe(await at(other));
  }
  expect(await built(join(one, 'app'), join(one, 'tests'))).not.toBe(await built(one, join(one, 'tests')));
  expect(await built(join(one, 'tests'), join(one, 'tests'))).toBe(
    await built(join(other, 'tests'), join(other, 'tests')),
  );
});

test('mounts above the scenario are written from its folder, and others stay as they are', async () => {
  const mounting = (source: string, folder: string): Promise<string> =>
    digestOfModel(
      { services: { waf: { image: 'waf:1', volumes: [{ type: 'bind', source, target: '/rules' }] } } },
      folder,
      (text) => text,
    );
  const [one, other] = [folderWith('a'), folderWith('a')];
  const from = (folder: string): Promise<string> => mounting(join(folder, 'rules'), join(folder, 'tests'));
  expect(await from(one)).toBe(await from(other));
  expect(await mounting('/absent/rules', '/one/tests')).toBe(await mounting('/absent/rules', '/other/place/tests'));
});
