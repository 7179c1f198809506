import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { slopegate } from './in-process.js';
import { recordedRun } from './runs.js';

// A busy host is slow, not wrong.
vi.setConfig({ testTimeout: 60_000 });

/**
 * A run directory → its reports, byte for byte, through the command line.
 * After a wanted change: `npx vitest run --project unit test/cli/golden.test.ts -u`, then read the diff.
 */
const GOLDEN = '../fixtures/run/golden';
const REPORTS = ['result.json', 'report.html', 'report.md', 'junit.xml'];

const run = recordedRun();
afterAll(() => run[Symbol.dispose]());
const analyzed = await slopegate(['analyze', run.path]);
const written = await readdir(run.path);

describe('analyze', () => {
  test('ends with the verdict, and says where the report is', async () => {
    expect(analyzed.exit).toBe(1);
    expect(analyzed.err).toBe(`HTML report: ${run.path}/report.html\n`);
    await expect(analyzed.out).toMatchFileSnapshot(`${GOLDEN}/terminal.txt`);
  });

  test('writes the reports, and leaves no other file', () => {
    expect(written.sort()).toEqual([...REPORTS, 'manifest.json', 'journal.ndjson'].sort());
  });

  test.each(REPORTS)('%s equals the stored file', async (name) => {
    await expect(await readFile(join(run.path, name), 'utf8')).toMatchFileSnapshot(`${GOLDEN}/${name}`);
  });

  test.each(REPORTS)('%s contains no path of this machine', async (name) => {
    const text = await readFile(join(run.path, name), 'utf8');
    expect(text).not.toContain(process.cwd());
    expect(text).not.toMatch(/["'\s>](\/tmp|\/work|\/home|\/root)\b/);
  });

  test('--json prints result.json', async () => {
    const { exit, out } = await slopegate(['analyze', run.path, '--json']);
    expect(exit).toBe(1);
    expect(out).toBe(await readFile(join(run.path, 'result.json'), 'utf8'));
  });
});

describe('report', () => {
  test.each([
    ['json', 'result.json'],
    ['html', 'report.html'],
    ['markdown', 'report.md'],
    ['junit', 'junit.xml'],
  ])('--format %s prints %s', async (format, name) => {
    expect(await slopegate(['report', run.path, '--format', format])).toEqual({
      exit: 0,
      out: await readFile(join(run.path, name), 'utf8'),
      err: '',
    });
  });

  test('--format terminal, with colours if they are wanted', async () => {
    expect(await slopegate(['report', run.path, '--format', 'terminal'])).toEqual({
      exit: 0,
      out: analyzed.out,
      err: '',
    });
    const { out } = await slopegate(['report', run.path, '--format', 'terminal'], { colour: true });
    expect(out).toContain('\u001B[');
    expect(stripVTControlCharacters(out)).toBe(analyzed.out);
  });

  test('without a format writes all reports again', async () => {
    const { exit, out } = await slopegate(['report', run.path]);
    expect(exit).toBe(0);
    expect(out).toBe(analyzed.out);
  });

  test('an unknown format ends with exit code 2, and the known ones are named', async () => {
    const { exit, out, err } = await slopegate(['report', run.path, '--format', 'pdf']);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toMatch(/USAGE: unknown format "pdf"\n {2}hint: known formats: .*markdown/);
  });
});
