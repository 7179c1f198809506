import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { ActionRecord, ReplayResult } from '../../src/model/index.js';
import type { Result } from '../../src/results/index.js';
import { directoryOf, journalled, leftBy, SCENARIOS, startRun, until, type Run } from './end-to-end.js';
import { buildProgram } from './program.js';
import { temporaryFolder } from './runs.js';

const program = buildProgram();
const folder = temporaryFolder();
const started: Run[] = [];

afterAll(async () => {
  for (const { child } of started) if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  await Promise.all(started.map(({ ended }) => ended));
  for (const one of started) {
    const directory = directoryOf(one);
    if (directory !== null && (await leftBy(one)).length > 0)
      await program.start(['prune', '--run', basename(directory)]).ended;
  }
  folder[Symbol.dispose]();
});

/** Starts a run in a folder that is named for the test. */
function run(name: string, scenario: string, ...flags: string[]): Run {
  started.push(startRun(program, join(SCENARIOS, scenario), join(folder.path, name), ...flags));
  return started.at(-1)!;
}

let earlier: Promise<unknown> = Promise.resolve();

/** Starts a run once the one before has its load: to bring up several at once would take all of the processor. */
function inTurn(name: string, scenario: string, ...flags: string[]): Promise<Run> {
  const begun = earlier.then(() => run(name, scenario, ...flags));
  earlier = begun.then((one) => until(one, () => journalled(one, 'phase').length > 0)).catch(() => {});
  return begun;
}

const resultOf = (one: Run): Result =>
  JSON.parse(readFileSync(join(directoryOf(one)!, 'result.json'), 'utf8')) as Result;

// Each takes minutes, mostly of waiting: all of them go on at the same time.
describe.concurrent('a run of several minutes', { timeout: 600_000 }, () => {
  test('decisions that differ: INVALID, exit 4, the label is named; one arm at a time in the order ABBA', async () => {
    const one = await inTurn('lenient', 'lenient.yaml');
    const { exit, out } = await one.ended;
    expect(exit).toBe(4);
    expect(out).toMatch(/^INVALID {2}tiny-lenient/);
    expect(out).toContain('admin');
    expect(journalled<{ t: string }>(one, 'trial').map(({ t }) => t)).toEqual([
      'r1-baseline',
      'r1-candidate',
      'r2-candidate',
      'r2-baseline',
    ]);
    expect(resultOf(one).verdict.outcome).toBe('invalid');
    expect(existsSync(join(directoryOf(one)!, 'report.html'))).toBe(true);
    expect(await leftBy(one)).toEqual([]);
  });

  test(
    'nginx reloaded at half of the window on both arms: on record with its replaced ' +
      'workers, and the verdict is the same',
    async () => {
      const one = await inTurn('reload', 'reload.yaml', '--quiet');
      const { exit, out } = await one.ended;
      expect({ exit, out }).toMatchObject({ exit: 0 });
      expect(out).toMatch(/Under load, on both versions: reload after 690 requests \(4 times in all\)\./);
      const actions = journalled<ActionRecord & { t: string }>(one, 'action');
      expect(actions.map(({ t }) => t).sort()).toEqual(['r1-baseline', 'r1-candidate', 'r2-baseline', 'r2-candidate']);
      for (const { due, sent, failure } of actions) {
        expect([due, failure]).toEqual([690, null]);
        // A poll of 0.1 s at 30 requests/s, and room for a host that has other things to do.
        expect(sent - due).toBeLessThan(30);
      }
      const { verdict, trials } = resultOf(one);
      expect(
        trials.every(({ events }) =>
          events.some(({ kind, detail }) => kind === 'process-replaced' && detail.includes('nginx')),
        ),
      ).toBe(true);
      expect(verdict.assessment.validity.filter(({ ok }) => !ok)).toEqual([]);
      expect(verdict.assessment.findings.filter(({ kind }) => kind === 'process-replaced')).toEqual([]);
      expect(await leftBy(one)).toEqual([]);
    },
  );

  test('a run that was killed in its second replicate is finished: the first one counts, the seal holds', async () => {
    const killed = await inTurn('killed', 'same.yaml');
    await until(killed, () => journalled<{ t: string }>(killed, 'r').some(({ t }) => t.startsWith('r2-')));
    const directory = directoryOf(killed)!;
    const living = run('killed', 'same.yaml', '--resume', directory);
    expect(await living.ended).toMatchObject({
      exit: 2,
      err: expect.stringMatching(/RESUME_REFUSED: Process \d+ still/),
    });

    killed.child.kill('SIGKILL');
    await killed.ended;
    // What it left may be removed at any time: each run that begins, also one of another test file, does that.
    const other = run('killed', 'leak.yaml', '--resume', directory);
    expect(await other.ended).toMatchObject({ exit: 2, err: expect.stringContaining('a run of another scenario') });

    const resumed = run('killed', 'same.yaml', '--resume', directory);
    const { exit, err } = await resumed.ended;
    expect({ exit, err }).toMatchObject({ exit: 0 });
    const begun = journalled<{ t: string }>(resumed, 'trial').map(({ t }) => t);
    expect(begun.filter((id) => id.startsWith('r1-'))).toEqual(['r1-baseline', 'r1-candidate']);
    expect(begun).toEqual(expect.arrayContaining(['r2-baseline', 'r2-again1-baseline', 'r2-again1-candidate']));
    expect(journalled(resumed, 'resumed')).toHaveLength(1);

    const { manifest, verdict } = resultOf(resumed);
    expect(verdict.outcome).toBe('pass');
    expect(verdict.assessment.replicates).toBe(2);
    expect(manifest.notes).toContainEqual(expect.objectContaining({ code: 'resumed' }));
    expect(await leftBy(killed)).toEqual([]);
    expect(await leftBy(resumed)).toEqual([]);
  });

  test('visitors with values from answers and a file to upload: PASS; what the arms got apart is counted', async () => {
    const one = await inTurn('visitors', 'visitors.yaml', '--json', '--quiet');
    const { exit, out, err } = await one.ended;
    expect({ exit, err }).toMatchObject({ exit: 0 });
    const { verdict } = JSON.parse(out) as Result;
    expect(verdict.outcome).toBe('pass');
    expect(verdict.assessment.validity.filter(({ ok }) => !ok)).toEqual([]);
    const replays = journalled<{ result: ReplayResult }>(one, 'replay').map(({ result }) => result);
    expect(replays.length).toBeGreaterThanOrEqual(4);
    for (const { captured, counts, sentDigest, plannedDigest } of replays) {
      expect(sentDigest).toBe(plannedDigest);
      const { complete = {}, incomplete = {} } = captured ?? {};
      // Every login has the token of its own session. A form that took longer than a second is not waited for, and
      // its login has none: the origin answers it with 409.
      const { 'shop.login': without = 0 } = incomplete;
      expect(counts['shop.login']).toEqual({ 200: complete['shop.login'], ...(without > 0 && { 409: without }) });
      // One in a hundred, as many decisions as may differ.
      expect(without).toBeLessThanOrEqual(0.01 * complete['shop.login']!);
      expect(complete['shop.upload']).toBeGreaterThan(200);
    }
    expect(await leftBy(one)).toEqual([]);
  });
});
