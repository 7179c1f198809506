import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { remedyReport } from '../../src/journal/index.js';
import { tested } from '../remedy/tested.js';
import { slopegate } from './in-process.js';
import { recordedRun } from './runs.js';

const run = recordedRun();
afterAll(() => run[Symbol.dispose]());
const SCENARIO = 'scenarios/selftest/leak.yaml';
const remedy = (...flags: string[]) => slopegate(['remedy', SCENARIO, '--run', run.path, ...flags]);

beforeAll(() => slopegate(['analyze', run.path]));

describe('bad input ends with exit code 2 before anything is started', () => {
  test.each<[string, string[], RegExp]>([
    ['two remedies at once', ['--restart', '--signal', 'HUP'], /--restart and --signal are different remedies/],
    ['a signal that is none', ['--signal', 'reload!'], /not the name of a signal/],
    ['an empty command', ['--exec', ' '], /--exec needs a command/],
    ['a time without a unit', ['--every', '6'], /--every "6" is not a duration/],
    ['an interval without enough readings', ['--test-every', '2s'], /--test-every 2s is too short/],
    ['a run of another scenario', [], /This is a run of the scenario/],
  ])('%s', async (_, flags, message) => {
    const said = await remedy(...flags);
    expect(said.exit).toBe(2);
    expect(said.err).toMatch(message);
    expect(said.out).toBe('');
  });

  test('a run that is missing, and no run at all', async () => {
    expect(await slopegate(['remedy', SCENARIO, '--run', 'nowhere'])).toMatchObject({ exit: 2 });
    expect(await slopegate(['remedy', SCENARIO])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('--run') as string,
    });
  });
});

describe('a run with a tested remedy', () => {
  const file = join(run.path, 'remedy.json');
  beforeAll(() => writeFileSync(file, remedyReport([tested()]).contents));

  test('analyze keeps the test in the result and in the page', async () => {
    await slopegate(['analyze', run.path]);
    const result = JSON.parse(readFileSync(join(run.path, 'result.json'), 'utf8')) as { remedies: unknown };
    expect(result.remedies).toEqual(JSON.parse(JSON.stringify([tested()])));
    expect(readFileSync(join(run.path, 'report.html'), 'utf8')).toContain('Remedies that were tested');
  });

  test('a bundle has it, and is verified', async () => {
    const bundle = join(run.path, 'run.tar.gz');
    await slopegate(['bundle', run.path, '-o', bundle]);
    expect(await slopegate(['verify', bundle])).toMatchObject({ exit: 0 });
  });

  test.each([
    '{ not JSON',
    '{ "schema": "slopegate.remedy/9", "tests": [] }',
    'null',
    '{ "schema": "slopegate.remedy/1", "tests": [{}] }',
  ])('a file that cannot be read is an error and is not overwritten: %s', async (text) => {
    writeFileSync(file, text);
    const said = await slopegate(['analyze', run.path]);
    expect(said).toMatchObject({ exit: 2, err: expect.stringContaining('remedy.json') as string });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
