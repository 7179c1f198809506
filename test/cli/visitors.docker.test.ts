import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { ReplayResult } from '../../src/model/index.js';
import type { Result } from '../../src/results/index.js';
import { journalled, leftBy, SCENARIOS, startRun } from './end-to-end.js';
import { buildProgram } from './program.js';
import { temporaryFolder } from './runs.js';

const program = buildProgram();
const folder = temporaryFolder();

afterAll(() => {
  program[Symbol.dispose]();
  folder[Symbol.dispose]();
});

test('visitors with values from answers and a file to upload: PASS; what the arms got apart is counted', async () => {
  const run = startRun(program, join(SCENARIOS, 'visitors.yaml'), join(folder.path, 'visitors'), '--json', '--quiet');
  const { exit, out, err } = await run.ended;
  expect({ exit, err }).toMatchObject({ exit: 0 });
  const { verdict } = JSON.parse(out) as Result;
  expect(verdict.outcome).toBe('pass');
  expect(verdict.assessment.validity.filter(({ ok }) => !ok)).toEqual([]);
  const replays = journalled<{ result: ReplayResult }>(run, 'replay').map(({ result }) => result);
  expect(replays.length).toBeGreaterThanOrEqual(4);
  for (const { captured, counts, sentDigest, plannedDigest } of replays) {
    expect(sentDigest).toBe(plannedDigest);
    expect(captured).toMatchObject({ missed: {}, incomplete: {} });
    // Every login has the token of its own session; the origin answers any other with 409.
    expect(counts['shop.login']).toEqual({ 200: captured?.complete['shop.login'] });
    expect(captured?.complete['shop.upload']).toBeGreaterThan(200);
  }
  expect(await leftBy(run)).toEqual([]);
});
