import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Result } from '../../src/results/index.js';
import { directoryOf, journalled, leftBy, SCENARIOS, startRun, until, type Run } from './end-to-end.js';
import { buildProgram } from './program.js';
import { temporaryFolder } from './runs.js';

const program = buildProgram();
const folder = temporaryFolder();
const started: Run[] = [];

afterAll(async () => {
  for (const one of started)
    if (one.child.exitCode === null && one.child.signalCode === null) one.child.kill('SIGTERM');
  await Promise.all(started.map(({ ended }) => ended));
  const directory = started[0] === undefined ? null : directoryOf(started[0]);
  if (directory !== null) await program.start(['prune', '--run', basename(directory)]).ended;
  program[Symbol.dispose]();
  folder[Symbol.dispose]();
});

const run = (scenario: string, ...flags: string[]): Run => {
  started.push(startRun(program, join(SCENARIOS, scenario), folder.path, ...flags));
  return started.at(-1)!;
};

test('a run that was killed in its second replicate is finished: the first one counts, the seal holds', async () => {
  const killed = run('same.yaml');
  await until(killed, () => journalled<{ t: string }>(killed, 'r').some(({ t }) => t.startsWith('r2-')));
  const directory = directoryOf(killed)!;
  const living = run('same.yaml', '--resume', directory);
  expect(await living.ended).toMatchObject({
    exit: 2,
    err: expect.stringMatching(/RESUME_REFUSED: Process \d+ still/),
  });

  killed.child.kill('SIGKILL');
  await killed.ended;
  expect((await leftBy(killed)).length).toBeGreaterThan(0);
  const other = run('leak.yaml', '--resume', directory);
  expect(await other.ended).toMatchObject({ exit: 2, err: expect.stringContaining('a run of another scenario') });

  const resumed = run('same.yaml', '--resume', directory);
  const { exit, err } = await resumed.ended;
  expect({ exit, err }).toMatchObject({ exit: 0 });
  const begun = journalled<{ t: string }>(resumed, 'trial').map(({ t }) => t);
  expect(begun.filter((id) => id.startsWith('r1-'))).toEqual(['r1-baseline', 'r1-candidate']);
  expect(begun).toEqual(expect.arrayContaining(['r2-baseline', 'r2-again1-baseline', 'r2-again1-candidate']));
  expect(journalled(resumed, 'resumed')).toHaveLength(1);

  const { manifest, verdict } = JSON.parse(readFileSync(join(directory, 'result.json'), 'utf8')) as Result;
  expect(verdict.outcome).toBe('pass');
  expect(verdict.assessment.replicates).toBe(2);
  expect(manifest.notes).toContainEqual(expect.objectContaining({ code: 'resumed' }));
  expect(await leftBy(killed)).toEqual([]);
  expect(await leftBy(resumed)).toEqual([]);
});
