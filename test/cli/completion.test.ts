import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { slopegate } from './in-process.js';
import { temporaryFolder } from './runs.js';

const scriptOf = async (shell: string): Promise<string> => (await slopegate(['completion', shell])).out;
const installed = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

const bash = await scriptOf('bash');

/** What bash offers for the last of these words. */
function offered(...words: string[]): string[] {
  const line = words.map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _slopegate; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', `${bash}\n${ask}`], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

describe('bash completes', () => {
  test.each<[string[], string[]]>([
    [
      ['slopegate', 'co'],
      ['compare', 'completion'],
    ],
    [['slopegate', 'run', '--pres'], ['--preset']],
    [
      ['slopegate', 'run', '--preset', ''],
      ['instant', 'quick', 'gate', 'standard', 'soak'],
    ],
    [
      ['slopegate', 'analyze', 'RUN', '--fail-on', 'in'],
      ['invalid', 'inconclusive'],
    ],
    // Nothing of ours, so that bash offers files.
    [['slopegate', 'run', 'my-'], []],
    [['slopegate', 'run', '--out', '--'], []],
  ])('%j', (words, expected) => {
    expect(offered(...words)).toEqual(expected);
  });
});

test('every command of the help can be completed', async () => {
  const { out: help } = await slopegate(['--help']);
  const commands = [...help.matchAll(/^ {2}([a-z]+) \[?/gm)]
    .map(([, name]) => name!)
    .filter((name) => name !== 'slopegate');
  expect(commands.length).toBeGreaterThan(12);
  expect(offered('slopegate', '')).toEqual(expect.arrayContaining(commands));
});

test.skipIf(!installed('zsh'))('zsh reads its script', async () => {
  const { status, stderr } = spawnSync('zsh', ['-n'], { input: await scriptOf('zsh'), encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test.skipIf(!installed('fish'))('fish completes', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'slopegate.fish');
  writeFileSync(file, await scriptOf('fish'));
  const ask = (line: string): string =>
    spawnSync('fish', ['-c', `source ${file}; complete -C ${JSON.stringify(line)}`], {
      encoding: 'utf8',
      env: { ...process.env, HOME: folder.path },
    }).stdout;
  expect(ask('slopegate ana')).toMatch(/^analyze\t/);
  expect(ask('slopegate run --preset ')).toMatch(/^gate\b/m);
});

test('each script has the choices and the descriptions of the options', async () => {
  for (const shell of ['zsh', 'fish']) {
    expect(await scriptOf(shell)).toContain('instant quick gate standard soak');
    expect(await scriptOf(shell)).toContain('finish an interrupted run; RUN is its folder');
  }
});

test('another shell is refused, with those that are known', async () => {
  const { exit, err } = await slopegate(['completion', 'tcsh']);
  expect(exit).toBe(2);
  expect(err).toMatch(/USAGE: .*'tcsh' is invalid.*bash, zsh, fish/);
});
