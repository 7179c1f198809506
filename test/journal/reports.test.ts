import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readResult, writeReports } from '../../src/journal/index.js';
import { temporaryFolder } from '../recording/samples.js';

test('reports replace older ones as a whole, and leave no other files', async () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'report.md'), 'old');
  await writeReports(folder.path, [
    { path: 'report.md', contents: 'new\n' },
    { path: 'plots/waf.svg', contents: '<svg/>' },
  ]);
  expect(readFileSync(join(folder.path, 'report.md'), 'utf8')).toBe('new\n');
  expect(new Set(readdirSync(folder.path, { recursive: true, encoding: 'utf8' }))).toEqual(
    new Set(['report.md', 'plots', join('plots', 'waf.svg')]),
  );
});

test('a folder that cannot be written is a DISK error', async () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'plots'), 'a file where a folder must be');
  await expect(writeReports(folder.path, [{ path: 'plots/waf.svg', contents: '' }])).rejects.toMatchObject({
    code: 'DISK',
  });
});

test('the result can be read; without one, the error says how to get it', async () => {
  using folder = temporaryFolder();
  await expect(readResult(folder.path)).rejects.toMatchObject({
    code: 'RUN_UNREADABLE',
    hint: expect.stringContaining('Name the folder of a run'),
  });
  writeFileSync(join(folder.path, 'result.json'), '{"schema":"slopegate.result/0"}');
  await expect(readResult(folder.path)).rejects.toMatchObject({
    code: 'RUN_UNREADABLE',
    message: expect.stringContaining('slopegate.result/0'),
  });
  writeFileSync(join(folder.path, 'result.json'), '{"schema":"slopegate.result/4","slopegate":"0.1.0"}');
  expect(await readResult(folder.path)).toMatchObject({ slopegate: '0.1.0' });
});
