import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../src/results/index.js';
import {
  directoryOf,
  hopeless,
  interrupted,
  inWindow,
  journalled,
  leftBy,
  SCENARIOS,
  startRun,
  until,
  type Run,
} from './end-to-end.js';
import { buildProgram, type Ended } from './program.js';
import { temporaryFolder } from './runs.js';

const REPORTS = ['journal.ndjson', 'junit.xml', 'manifest.json', 'report.html', 'report.md', 'result.json'];
const program = buildProgram();
const folder = temporaryFolder();
const started: Run[] = [];
let folders = 0;

function run(scenario: string, ...flags: string[]): Run {
  folders += 1;
  started.push(
    startRun(
      program,
      scenario.includes('/') ? scenario : join(SCENARIOS, scenario),
      join(folder.path, String(folders)),
      ...flags,
    ),
  );
  return started.at(-1)!;
}

const slopegate = (...argv: string[]): Promise<Ended> => program.start(argv).ended;
const resultOf = (directory: string): Result =>
  JSON.parse(readFileSync(join(directory, 'result.json'), 'utf8')) as Result;

// The whole runs take minutes, mostly of waiting: they go on while the tests below cut others short.
const whole = {} as Record<'same' | 'leak' | 'descriptors' | 'dying', Run>;
beforeAll(async () => {
  whole.same = run('same.yaml', '--json', '--quiet');
  // The first one builds the origin.
  await until(whole.same, () => directoryOf(whole.same) !== null);
  whole.leak = run('leak.yaml');
  whole.descriptors = run('descriptors.yaml');
  whole.dying = run('dying.yaml', '--verbose');
  for (const one of Object.values(whole)) await until(one, () => directoryOf(one) !== null);
});

afterAll(async () => {
  for (const { child } of started) if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  await Promise.all(started.map(({ ended }) => ended));
  for (const one of started) {
    const directory = directoryOf(one);
    if (directory !== null && (await leftBy(one)).length > 0) await slopegate('prune', '--run', basename(directory));
  }
  folder[Symbol.dispose]();
});

describe('what cannot come up ends with a reason and a hint, and leaves nothing', () => {
  test.each<[string, string, object, number, RegExp]>([
    ['a build that fails', 'failing-build.yml', {}, 5, /error BUILD_FAILED: [^]*the compiler is unhappy/],
    [
      'an image that is not there',
      'missing-image.yml',
      {},
      5,
      /error IMAGE_MISSING: .*slopegate\.invalid\/no-such-image:1[^]*hint: /,
    ],
    ['a compose file with a mistake', 'misspelt.yml', {}, 2, /misspelt\.yml\nerror COMPOSE_CONFIG: .*comand[^]*hint: /],
    [
      'a container that never answers',
      'silent.yml',
      { timeout: '2s' },
      5,
      /error NOT_READY: web:80 is not ready[^]*hint: Last log lines of web:[^]*warming up/,
    ],
    [
      'a container that ends while starting',
      'ends.yml',
      {},
      5,
      /error START_FAILED: web ended with exit code 7[^]*hint: [^]*no licence found/,
    ],
  ])('%s', async (_, compose, ready, code, message) => {
    const failed = run(hopeless(folder.path, compose, ready));
    const { exit, out, err } = await failed.ended;
    expect({ exit, out }).toEqual({ exit: code, out: '' });
    expect(err).toMatch(message);
    expect(await leftBy(failed)).toEqual([]);
  });
});

describe('cut short', () => {
  /** What was sampled is there, and is judged: not enough for a verdict, and never a pass. */
  async function expectJudged(directory: string, ended: boolean): Promise<void> {
    const { exit, out } = await slopegate('analyze', directory);
    expect([3, 4]).toContain(exit);
    expect(out).toMatch(/^(INCONCLUSIVE|INVALID)/);
    const { manifest, trials, plots } = resultOf(directory);
    expect(manifest.endedAt !== null).toBe(ended);
    expect(trials).toHaveLength(2);
    expect(plots.map(({ role }) => role)).toEqual(expect.arrayContaining(['waf', 'origin']));
  }

  test.each<[NodeJS.Signals, string, (one: Run) => boolean]>([
    ['SIGINT', 'in the window', inWindow],
    ['SIGTERM', 'in the warm-up', (one) => journalled(one, 'r').length >= 4],
  ])('%s %s: everything is taken down, exit 130, what was sampled is judged', async (signal, _, there) => {
    const one = run('same.yaml');
    await until(one, () => there(one));
    const { exit, out, err } = await interrupted(one, signal);
    expect({ exit, out }).toEqual({ exit: 130, out: '' });
    expect(err).toMatch(/stopping: removing the containers[^]*interrupted[^]*slopegate analyze /);
    expect(await leftBy(one)).toEqual([]);
    await expectJudged(directoryOf(one)!, true);
  });

  test('SIGINT before anything is up', async () => {
    const one = run('same.yaml');
    await until(one, () => one.text.err.includes('trace of'));
    const { exit } = await interrupted(one, 'SIGINT');
    expect(exit).toBe(130);
    expect(await leftBy(one)).toEqual([]);
  });

  test('kill -9: prune --run removes what it left, and nothing else; what was sampled is judged', async () => {
    const one = run('same.yaml');
    await until(one, () => inWindow(one));
    await interrupted(one, 'SIGKILL');
    const left = await leftBy(one);
    expect(left.length).toBeGreaterThanOrEqual(6);
    const { exit, out } = await slopegate('prune', '--run', basename(directoryOf(one)!), '--json');
    expect(exit).toBe(0);
    // All of it, unless a run that began meanwhile in another shell was faster.
    const pruned = JSON.parse(out) as Record<'containers' | 'networks' | 'volumes' | 'kept', string[]>;
    expect(pruned.kept).toEqual([]);
    const removed = [...pruned.containers, ...pruned.networks, ...pruned.volumes];
    expect(left.map((name) => name.replace(/^\//, ''))).toEqual(expect.arrayContaining(removed));
    expect(await leftBy(one)).toEqual([]);
    expect((await slopegate('prune', '--run', basename(directoryOf(one)!))).out).toBe('nothing of ours is left\n');
    await expectJudged(directoryOf(one)!, false);
  });

  test('a second Ctrl-C leaves at once; the next run removes what was left', async () => {
    const one = run('same.yaml');
    await until(one, () => inWindow(one));
    one.child.kill('SIGINT');
    await until(one, () => one.text.err.includes('stopping: '));
    const { exit, err } = await interrupted(one, 'SIGINT');
    expect(exit).toBe(130);
    expect(err).toContain('stopped at once: "slopegate prune"');
    expect((await run(hopeless(folder.path, 'misspelt.yml')).ended).exit).toBe(2);
    expect(await leftBy(one)).toEqual([]);
  });

  test('a full disk ends the run with 5; what was written until then is judged', async ({ skip }) => {
    const disk = join(folder.path, 'disk');
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24k', 'tmpfs', disk]).status !== 0)
      skip('mounting a small disk takes root');
    const copy = join(folder.path, 'copied');
    try {
      const one = startRun(program, join(SCENARIOS, 'same.yaml'), disk);
      started.push(one);
      const { exit, err } = await one.ended;
      expect(exit).toBe(5);
      expect(err).toMatch(/error DISK: .*journal\.ndjson.*ENOSPC[^]*hint: /);
      expect(await leftBy(one)).toEqual([]);
      cpSync(directoryOf(one)!, copy, { recursive: true });
    } finally {
      spawnSync('umount', [disk]);
    }
    await expectJudged(copy, false);
  });
});

describe('a whole run', () => {
  async function judged(one: Run): Promise<Ended & { readonly result: Result }> {
    const ended = await one.ended;
    const directory = directoryOf(one)!;
    expect(readdirSync(directory).sort()).toEqual(REPORTS);
    expect(await leftBy(one)).toEqual([]);
    return { ...ended, result: resultOf(directory) };
  }

  test('the same version twice: PASS, exit 0; --json --quiet prints JSON and nothing else', async () => {
    const { exit, out, err, result } = await judged(whole.same);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toEqual(result);
    expect(err).toMatch(/^(warning host .*\n)*HTML report: .*\n$/);
    expect(result.verdict.outcome).toBe('pass');
    expect(result.manifest.scenario).toMatchObject({
      file: 'same.yaml',
      arms: { candidate: { compose: ['compose.yml'] } },
    });
  });

  test('a leak: FAIL, exit 1; progress in plain lines on stderr', async () => {
    const { exit, out, err, result } = await judged(whole.leak);
    expect(exit).toBe(1);
    expect(out).toMatch(/^FAIL {2}tiny-leak/);
    expect(err).toMatch(
      /round 1 of 2[^]*baseline answers[^]*round 2 of 2[^]*after 2 replicates: FAIL waf grows[^]*HTML report: /,
    );
    expect(stripVTControlCharacters(err)).toBe(err);
    expect(err).not.toContain('\r');
    expect(result.verdict.assessment.services.find(({ role }) => role === 'waf')?.difference?.value).toBeGreaterThan(
      16_000,
    );
    const labels = result.verdict.assessment.attribution?.flatMap((one) => one.labels);
    const growthOf = (wanted: string): number =>
      labels?.find(({ labels: [label] }) => label === wanted)?.difference?.value ?? Number.NaN;
    // 80 KB of each, which memory is read too seldom to tell to the byte.
    expect(growthOf('admin')).toBeGreaterThan(65_000);
    expect(growthOf('admin')).toBeLessThan(100_000);
    expect(Math.abs(growthOf('browse'))).toBeLessThan(6_000);
    // What the run said is what analyze says.
    expect(await slopegate('analyze', directoryOf(whole.leak)!)).toMatchObject({ exit, out });
  });

  test('descriptors left open, with the stats API and a sidecar: FAIL, and no other finding of its kind', async () => {
    const { exit, out, result } = await judged(whole.descriptors);
    expect(exit).toBe(1);
    expect(out).toMatch(/^FAIL {2}tiny-descriptors/);
    const failing = result.verdict.assessment.findings.filter(({ severity }) => severity === 'fail');
    expect(failing).toEqual([expect.objectContaining({ kind: 'descriptors-grow', service: 'waf' })]);
    expect(failing[0]?.value).toBeCloseTo(0.25, 2);
  });

  test('a candidate that ends in the window: FAIL, exit 1, and says so, though nothing could be measured', async () => {
    const { exit, out, result } = await judged(whole.dying);
    expect(exit).toBe(1);
    expect(out).toMatch(
      /^FAIL {2}tiny-dying\n\n {2}waf of the candidate exited after \d+ requests\s+\(r1-candidate: exit code/,
    );
    expect(result.verdict.assessment.findings).toContainEqual(
      expect.objectContaining({
        kind: 'exit',
        severity: 'fail',
        service: 'waf',
        arm: 'candidate',
        sentence: expect.stringContaining('last line of its log: “out of luck”'),
      }),
    );
  });
});
