import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { shareOf } from '../../src/cli/replicate-share.js';
import { planExperiment, planOfShare } from '../../src/experiment/index.js';
import { SlopegateError, type HostFacts, type Manifest } from '../../src/model/index.js';
import { judgedResult } from '../../src/run/judgement.js';
import { slopegate } from '../cli/in-process.js';
import { SETTINGS } from '../experiment/fakes.js';
import { BASE_RUNS, writeBase } from '../fuzz/recordings/base-run.js';
import { writeSealed, type RunFiles } from '../fuzz/recordings/run-files.js';
import { temporaryFolder } from '../recording/samples.js';

const work = temporaryFolder();
afterAll(() => work[Symbol.dispose]());

const HOST = { os: 'Debian', kernel: '6.1.0', architecture: 'x86_64', cpus: 8, cpuModel: 'One', memoryBytes: 2 ** 34 };
const REST = {
  swapBytes: 0,
  cgroupVersion: 2,
  docker: '1',
  dockerApi: '1',
  compose: '1',
  node: '20',
  slopegate: '0.1.0',
};
const host = (cpuModel: string): HostFacts => ({ ...HOST, ...REST, cpuModel }) as HostFacts;

const base = (name: string): RunFiles => writeBase(BASE_RUNS.find((one) => one.name === name)!);
const leak = base('leak');

/** Writes one part of a recording as the run of one machine: the lines of some trials. */
function part(name: string, files: RunFiles, trials: RegExp, changes: Partial<Manifest> = {}): string {
  const lines = files.lines
    .filter(({ t }) => t === undefined || trials.test(t))
    .map((line) => (line.k === 'journal' ? { ...line, run: name } : line));
  const directory = join(work.path, name);
  mkdirSync(directory, { recursive: true });
  const manifest = { ...files.manifest, runId: name, ...changes };
  for (const [file, text] of writeSealed({ manifest, lines })) writeFileSync(join(directory, file), text);
  return directory;
}

const whole = part('whole', leak, /./, { host: host('One') });
const first = part('one', leak, /^r1-/, { host: host('One') });
const second = part('two', leak, /^r2-/, { host: host('Two') });
let times = 0;
const merge = async (...runs: string[]) => {
  const out = join(work.path, `merged-${(times += 1)}`);
  const said = await slopegate(['merge', ...runs, '-o', out, '--json'], {
    env: { SLOPEGATE_HOME: join(work.path, 'home') },
  });
  return { ...said, out: said.out, root: out };
};
const outcomeOf = ({ out }: { out: string }) => JSON.parse(out) as Awaited<ReturnType<typeof judgedResult>>;

describe('slopegate merge', () => {
  test('gives the verdict of one run with the same trials', async () => {
    const said = await merge(second, first);
    expect(said.exit).toBe(1);
    const merged = outcomeOf(said).verdict;
    const one = (await judgedResult(whole)).verdict;
    expect(merged.assessment.services).toEqual(JSON.parse(JSON.stringify(one.assessment.services)));
    expect(merged.sentence).toBe(one.sentence);
  });

  test('names the machine of each replicate', async () => {
    const { notes } = outcomeOf(await merge(first, second)).manifest;
    expect(notes.find(({ code }) => code === 'merged-runs')?.sentence).toBe(
      'This run was merged from 2 runs. Replicate 1: One, 8 CPUs, 16 GiB, kernel 6.1.0 (one). ' +
        'Replicate 2: Two, 8 CPUs, 16 GiB, kernel 6.1.0 (two). ' +
        'Both versions of each replicate ran on the same machine.',
    );
  });

  test('writes an ordinary run, which can be judged again', async () => {
    const { root, out } = await merge(first, second);
    const { runId } = outcomeOf({ out }).manifest;
    const again = await slopegate(['analyze', join(root, runId), '--json']);
    expect(again).toMatchObject({ exit: 1, out });
  });

  test('the pair that confirms can be a run of its own', async () => {
    const refuted = base('refuted leak');
    const parts = [/^r1-/, /^r2-/, /^c1-/].map((trials, place) => part(`refuted-${place}`, refuted, trials));
    const said = await merge(...parts);
    expect(outcomeOf(said).verdict.outcome).toBe((await judgedResult(part('all', refuted, /./))).verdict.outcome);
    expect(said.exit).not.toBe(1);
  });
});

describe('runs that do not belong together are refused', () => {
  const scenario = leak.manifest['scenario'] as Manifest['scenario'];
  const trace = leak.manifest['trace'] as Manifest['trace'];
  test.each<[string, () => string[], RegExp]>([
    ['the same run twice', () => [first, first], /is the same run as/],
    ['a copy under another folder', () => [first, copyOf(first)], /is the same run as/],
    ['the same replicate twice', () => [first, whole], /both have replicate 1/],
    [
      'another scenario',
      () => [
        first,
        part('margin', leak, /^r2-/, {
          host: host('Two'),
          scenario: { ...scenario, gate: { ...scenario.gate, marginBytesPerRequest: 1 } },
        }),
      ],
      /scenario\.gate\.marginBytesPerRequest is not the same/,
    ],
    [
      'other traffic',
      () => [first, part('digest', leak, /^r2-/, { host: host('Two'), trace: { ...trace!, digest: 'abd' } })],
      /trace\.digest/,
    ],
    ['a damaged recording', () => [first, damagedCopy()], /is damaged/],
    [
      'another version of slopegate',
      () => [first, part('newer', leak, /^r2-/, { host: { ...host('Two'), slopegate: '9.0.0' } })],
      /was recorded by slopegate 9\.0\.0, .* by 0\.1\.0/,
    ],
    [
      'a replicate that is missing before the last one',
      () => [part('last', base('refuted leak'), /^r2-/), part('confirming', base('refuted leak'), /^c1-/)],
      /Replicates are missing: 1 of 2\.\n  hint: .* --replicate 1\/2/,
    ],
    [
      'one replicate of two, with the pair that confirms',
      () => [part('pair', base('refuted leak'), /^r1-/), part('confirming', base('refuted leak'), /^c1-/)],
      /Replicates are missing: 2 of 2/,
    ],
    ['a share that did not end', () => [first, unfinished()], /two-killed did not end: r2-.* is not complete/],
    ['a run without trials', () => [first, part('empty', leak, /^none$/)], /has no trials/],
  ])('%s', async (_, runs, message) => {
    const { exit, err } = await merge(...runs());
    expect(exit).toBe(2);
    expect(err).toMatch(/error MERGE_REFUSED: /);
    expect(err).toMatch(message);
  });

  test('runs of other compose files or mounted files', async () => {
    const armDigests = { baseline: 'a', candidate: 'b' };
    const one = part('digest-1', leak, /^r1-/, { host: host('One'), armDigests });
    const two = part('digest-2', leak, /^r2-/, { host: host('Two'), armDigests: { ...armDigests, baseline: 'c' } });
    const said = await merge(one, two);
    expect(said.exit).toBe(2);
    expect(said.err + said.out).toMatch(/MERGE_REFUSED.*a mounted file or a Dockerfile of the baseline differs/s);
  });

  test('one run alone', async () => {
    expect((await merge(first)).err).toContain('USAGE: name two or more runs');
  });
});

function copyOf(directory: string): string {
  const copy = join(work.path, 'copy');
  mkdirSync(copy, { recursive: true });
  for (const file of ['manifest.json', 'journal.ndjson'])
    writeFileSync(join(copy, file), readFileSync(join(directory, file)));
  return copy;
}

/** The second share, killed before its last line. */
function unfinished(): string {
  const lines = leak.lines.filter(({ t }) => t === undefined || t.startsWith('r2-'));
  const ends = lines.findLastIndex(({ k }) => k === 'end');
  return part('two-killed', { ...leak, lines: lines.filter((_, place) => place !== ends) }, /^r2-/, {
    host: host('Two'),
  });
}

function damagedCopy(): string {
  const directory = part('damaged', leak, /^r2-/);
  const file = join(directory, 'journal.ndjson');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"arm":"candidate"', '"arm":"baseline"'));
  return directory;
}

describe('--replicate', () => {
  test.each<[string, Record<string, string>, unknown]>([
    ['2/5', {}, { pair: 2, of: 5 }],
    ['confirm/3', {}, { pair: 'confirmation', of: 3 }],
    ['auto/4', { JOB_COMPLETION_INDEX: '0' }, { pair: 1, of: 4 }],
    ['auto', { CI_NODE_INDEX: '3', CI_NODE_TOTAL: '3' }, { pair: 3, of: 3 }],
  ])('%s with %j', (text, env, share) => {
    expect(shareOf(text, env)).toEqual(share);
  });

  test.each<[string, Record<string, string>]>([
    ['0/5', {}],
    ['6/5', {}],
    ['1/1', {}],
    ['2', {}],
    ['x/3', {}],
    ['auto', {}],
    ['auto/3', {}],
    ['auto/3', { JOB_COMPLETION_INDEX: '3' }],
    ['auto', { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '1' }],
  ])('%s with %j is refused', (text, env) => {
    expect(() => shareOf(text, env)).toThrow(SlopegateError);
  });

  test('is refused beside --resume and --replicates', async () => {
    for (const other of [
      ['--resume', 'x'],
      ['--replicates', '3'],
      ['--fail-on', 'fail'],
      ['--annotate', 'github'],
    ]) {
      const { exit, err } = await slopegate([
        'run',
        'test/fixtures/scenarios/same.yaml',
        '--replicate',
        '1/2',
        ...other,
      ]);
      expect(exit).toBe(2);
      expect(err).toContain(`--replicate and ${other[0]} cannot be used together`);
    }
  });

  test.each(['concurrent', 'interleaved'] as const)('the shares of a plan are the plan, %s', (order) => {
    const plan = planExperiment({ ...SETTINGS, order, looks: [3] }, 75);
    const shares = ([1, 2, 3] as const).map((pair) => planOfShare(plan, { pair, of: 3 }));
    expect(shares.flatMap(({ rounds }) => rounds)).toEqual(plan.rounds);
    expect(planOfShare(plan, { pair: 'confirmation', of: 3 }).rounds).toEqual(plan.confirmation);
  });
});
