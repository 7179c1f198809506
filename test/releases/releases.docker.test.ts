import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BisectResult, LadderResult } from '../../src/results/index.js';
import { leftBy, SCENARIOS } from '../cli/end-to-end.js';
import { buildProgram, type Ended, type Started } from '../cli/program.js';
import { temporaryFolder } from '../cli/runs.js';

const RELEASES = join(SCENARIOS, 'releases.yaml');
const program = buildProgram();
const folder = temporaryFolder();
const env = { SLOPEGATE_HOME: join(folder.path, 'home') };
const out = join(folder.path, 'reports');
const started: Started[] = [];

function slopegate(...argv: string[]): Promise<Ended> {
  started.push(program.start([...argv, '--out', out, '--json', '--quiet'], { env }));
  return started.at(-1)!.ended;
}

// Each run mostly waits, so all of them go on at the same time. The commands below use them again.
let runs: readonly Ended[] = [];
beforeAll(async () => {
  runs = await Promise.all([
    slopegate('run', join(SCENARIOS, 'releases-same.yaml')),
    ...['2', '3'].map((version) => slopegate('ladder', RELEASES, '--versions', `1,${version}`)),
  ]);
});

afterAll(async () => {
  for (const { child } of started) if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  await Promise.all(started.map(({ ended }) => ended));
  folder[Symbol.dispose]();
});

const fileIn = ({ err }: Ended, name: string): unknown =>
  JSON.parse(readFileSync(join(/^Folder: (.*)$/m.exec(err)?.[1] ?? '', name), 'utf8'));

test('each version is run against the first one; what was started is gone', async () => {
  expect(runs.map(({ exit }) => exit)).toEqual([0, 0, 1]);
  for (const one of started) expect(await leftBy(one)).toEqual([]);
});

test('a ladder over the same runs shows the step at version 3, and runs nothing', async () => {
  const ended = await slopegate('ladder', RELEASES, '--versions', '1,2,3');
  expect(ended.exit).toBe(1);
  const result = JSON.parse(ended.out) as LadderResult;
  expect(result.rungs.map(({ version, outcome, reused }) => [version, outcome, reused])).toEqual([
    ['1', null, false],
    ['2', 'pass', true],
    ['3', 'fail', true],
  ]);
  const [, second, third] = result.rungs.map(({ services }) => services[0]?.step?.value ?? Number.NaN);
  // 16 KB of each request. Memory is read too seldom to give this number to the byte.
  expect(third).toBeGreaterThan(14_000);
  expect(third).toBeLessThan(20_000);
  expect(Math.abs(second!)).toBeLessThan(2_000);
  expect(fileIn(ended, 'ladder.json')).toEqual(result);
});

test('a search names version 3', async () => {
  const argv = ['--good', '1', '--bad', '3', '--versions', '1,2,3', '--level', '0.9'];
  const ended = await slopegate('bisect', RELEASES, ...argv);
  expect(ended.exit).toBe(0);
  const result = JSON.parse(ended.out) as BisectResult;
  expect(result).toMatchObject({ firstBad: ['3'], ended: 'sure' });
  expect(result.tests.map(({ version, reused }) => [version, reused])).toEqual([
    ['3', true],
    ['1', true],
    ['2', true],
  ]);
  expect(fileIn(ended, 'bisect.json')).toEqual(result);
});

test('a bad version that does not grow is refused', async () => {
  const { exit, err } = await slopegate('bisect', RELEASES, '--good', '1', '--bad', '2', '--versions', '1,2');
  expect(exit).toBe(2);
  expect(err).toMatch(/error BISECT_REFUSED: The bad version 2 is PASS/);
});
