import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { shareOf } from '../../src/cli/replicate-share.js';
import { planExperiment, planOfShare } from '../../src/experiment/index.js';
import { SlopegateError, type ArmName, type HostFacts, type Manifest } from '../../src/model/index.js';
import { judgedResult } from '../../src/run/judgement.js';
import { slopegate } from '../cli/in-process.js';
import { SETTINGS } from '../experiment/fakes.js';
import { BASE_RUNS, writeBase } from '../fuzz/recordings/base-run.js';
import { writeSealed, type JournalLine, type RunFiles } from '../fuzz/recordings/run-files.js';
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
    [
      'a pair that was set aside',
      () => [first, setAside('two-aside')],
      /Replicates are missing: 2 of 2\.\n  hint: A replicate needs a trial of both arms/,
    ],
    [
      'a pair that was set aside, and is beyond the last look that the others reach',
      () => [
        part('look-1', leak, /^r1-/, withLooks([2, 3])),
        part('look-2', leak, /^r2-/, withLooks([2, 3])),
        part('look-3', { ...leak, lines: asThird([...leak.lines, ...ASIDE]) }, /^r3-/, withLooks([2, 3])),
      ],
      /Replicates are missing: 3 of 3/,
    ],
    [
      'a share of one arm',
      () => [first, part('one-arm', leak, /^r2-baseline/, { host: host('Two') })],
      /Replicates are missing: 2 of 2/,
    ],
    ['a run without trials', () => [first, part('empty', leak, /^none$/)], /has no trials/],
  ])('%s', async (_, runs, message) => {
    const { exit, err } = await merge(...runs());
    expect(exit).toBe(2);
    expect(err).toMatch(/error MERGE_REFUSED: /);
    expect(err).toMatch(message);
  });

  test('a pair that was repeated is there', async () => {
    const again = (id: string) => `r2-again1-${id.slice(3)}`;
    const own = leak.lines.filter(({ t }) => t?.startsWith('r2-'));
    const lines = [
      ...leak.lines.filter(({ t }) => t === undefined),
      ...own,
      ...ASIDE,
      ...own.map((line) => ({ ...line, t: again(line.t!) })),
    ];
    const said = await merge(first, part('two-again', { ...leak, lines }, /^r2-/, { host: host('Two') }));
    expect(said.exit).toBe(1);
  });

  test.each<[ArmName, RunFiles, string]>([
    ['candidate', leak, 'fail'],
    ['candidate', base('honest'), 'fail'],
    ['baseline', base('honest'), 'invalid'],
  ])('a container of the %s that died in the only trial of a pair is judged', async (arm, files, outcome) => {
    const t = `r2-${arm}`;
    const died = {
      k: 'event',
      t,
      kind: 'exit',
      service: 'waf',
      container: 1,
      time: 20,
      requests: 400,
      detail: 'code 1',
    };
    const lines = files.lines.map((line) => (line.k === 'end' && line.t === t ? died : line));
    const whole = part(`died-1-${arm}-${outcome}`, files, /^r1-/, { host: host('One') });
    const said = await merge(
      whole,
      part(`died-2-${arm}-${outcome}`, { ...files, lines }, RegExp(t), { host: host('Two') }),
    );
    expect(outcomeOf(said).verdict.outcome).toBe(outcome);
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

const DISTURBED = { code: 'disturbed', lateness: 0.6, host: { cpu: 0.9, memory: null, io: null, stolen: null } };
const ASIDE = ['r2-baseline', 'r2-candidate'].map((t) => ({ k: 'aside', t, why: DISTURBED }));

/** The second share, whose pair the host disturbed, and which ended before it was repeated. */
function setAside(name: string): string {
  return part(name, { ...leak, lines: [...leak.lines, ...ASIDE] }, /^r2-/, { host: host('Two') });
}

/** The lines of the second replicate, as those of a third one. */
function asThird(lines: readonly JournalLine[]): readonly JournalLine[] {
  return lines
    .filter(({ t }) => t === undefined || t.startsWith('r2-'))
    .map((line) => (line.t === undefined ? line : { ...line, t: line.t.replace('r2-', 'r3-') }))
    .map((line) => (line.k === 'trial' ? { ...line, replicate: 3 } : line));
}

function withLooks(looks: readonly number[]): Partial<Manifest> {
  const scenario = leak.manifest['scenario'] as Manifest['scenario'];
  const gate = { ...scenario.gate, lookWeights: looks.map(() => 1 / looks.length) };
  return {
    host: host('One'),
    scenario: { ...scenario, gate, experiment: { ...scenario.experiment, looks: [...looks] } },
  };
}

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
