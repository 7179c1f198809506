import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as source from '../../src/index.js';
import { ROOT } from './program.js';

const run = promisify(execFile);
/**
 * Among the slow tests, though it needs no Docker: it compiles, and installs some forty packages. Minutes on a busy
 * host.
 */
const LONG = 600_000;

let folder: string;
let installed: string;

/** A clone has only what git knows; a folder that was built before would hide that the package is not. */
async function cloneTo(target: string): Promise<void> {
  const { stdout } = await run('git', ['ls-files', '-z'], { cwd: ROOT, maxBuffer: 2 ** 26 });
  const files = stdout.split('\0').filter((name) => name !== '' && !name.startsWith('test/'));
  for (const name of files) await cp(join(ROOT, name), join(target, name), { recursive: true }).catch(() => undefined);
  await symlink(join(ROOT, 'node_modules'), join(target, 'node_modules'));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slopegate-packed-'));
  const clone = join(folder, 'clone');
  await cloneTo(clone);
  await run('npm', ['pack', '--pack-destination', folder], { cwd: clone });
  installed = join(folder, 'installed');
  await writeFile(join(folder, 'package.json'), '{}');
  const { version } = JSON.parse(
    await run('npm', ['pkg', 'get', '--json', 'version'], { cwd: clone }).then(({ stdout }) => `{"version":${stdout}}`),
  ) as { version: string };
  await run(
    'npm',
    [
      'install',
      '--prefix',
      installed,
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      join(folder, `slopegate-${version}.tgz`),
    ],
    { cwd: folder },
  );
}, LONG);

afterAll(() => rm(folder, { recursive: true, force: true }));

const program = (...args: string[]) => run(join(installed, 'node_modules/.bin/slopegate'), args, { cwd: folder });

test('the packed program runs where only the package is installed', async () => {
  expect((await program('--version')).stdout.trim()).toMatch(/^\d+\.\d+\.\d+/);
  expect((await program('--help')).stdout).toContain('compare');
});

test('the packed library is imported by its name', async () => {
  const script = "import('slopegate').then((library) => console.log(JSON.stringify(Object.keys(library))))";
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: installed });
  expect(JSON.parse(stdout)).toEqual(expect.arrayContaining(Object.keys(source)));
});
