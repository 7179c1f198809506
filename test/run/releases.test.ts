import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  SlopegateError,
  type Context,
  type HostFacts,
  type Manifest,
  type Output,
  type Scenario,
} from '../../src/model/index.js';
import { withVersions } from '../../src/releases/index.js';
import { bisectScenario } from '../../src/run/bisect-scenario.js';
import { ladderScenario } from '../../src/run/ladder-scenario.js';
import type { ReleaseOptions } from '../../src/run/release-runs.js';
import { openTraffic } from '../../src/run/traffic.js';
import { version as slopegateVersion } from '../../src/run/version.js';
import { parseScenario, portableScenario } from '../../src/scenario/index.js';
import { BASE_RUNS, writeBase } from '../fuzz/recordings/base-run.js';
import { writeSealed, type RunFiles } from '../fuzz/recordings/run-files.js';
import { temporaryFolder } from '../recording/samples.js';
import { scenarioWith } from '../verdict/recordings.js';

const work = temporaryFolder();
afterAll(() => work[Symbol.dispose]());

const base = (name: string): RunFiles => writeBase(BASE_RUNS.find((one) => one.name === name)!);
const RECORDED = { honest: base('honest'), leak: base('leak') };
const OF_BASE = (RECORDED.leak.manifest['scenario'] as Scenario).gate;

/** The scenario of the recorded runs, with a variable for the version. */
const SCENARIO: Scenario = (() => {
  const scenario = scenarioWith({
    gate: OF_BASE,
    experiment: { looks: [2], warmup: { requests: 0, seconds: 2 }, window: { requests: 0, seconds: 34 } },
    rate: 20,
  });
  const arm = (VERSION: string) => ({ label: `waf ${VERSION}`, compose: [], environment: { VERSION } });
  const { mix } = parseScenario(
    'slopegate: 1\nname: waf\n' +
      'arms: { baseline: { label: a, compose: a.yml }, candidate: { label: b, compose: b.yml } }\n' +
      'stack: { entry: "waf:80" }\ntraffic: { mix: [{ label: get, request: GET / }] }\n',
    '/test.yaml',
  ).traffic;
  return { ...scenario, arms: { baseline: arm('1'), candidate: arm('2') }, traffic: { ...scenario.traffic, mix } };
})();
const PLACE = { kind: 'environment', name: 'VERSION' } as const;

const { digest } = (await openTraffic(SCENARIO, () => {})).traceOf(720, { warmup: 40, window: 680, rate: 20 });

const hostOf = (cpuModel: string): HostFacts => ({
  os: 'Debian',
  kernel: '6.1.0',
  architecture: 'x86_64',
  cpus: 2,
  cpuModel,
  memoryBytes: 2 ** 33,
  swapBytes: 0,
  cgroupVersion: 2,
  docker: '1',
  dockerApi: '1',
  compose: '1',
  node: '20',
  slopegate: slopegateVersion(),
});

/** Writes a run of a version against version 1. */
function runOf(root: string, version: string, files: RunFiles, changes: Partial<Manifest> = {}): string {
  const name = `test-run-${version}`;
  const text = JSON.stringify(files.lines).replaceAll('"abc"', JSON.stringify(digest));
  const lines = (JSON.parse(text) as RunFiles['lines']).map((line) =>
    line.k === 'journal' ? { ...line, run: name } : line,
  );
  const directory = join(root, name);
  mkdirSync(directory, { recursive: true });
  const manifest = {
    ...files.manifest,
    runId: name,
    endedAt: '2026-01-01T00:10:00.000Z',
    scenario: portableScenario(withVersions(SCENARIO, PLACE, '1', version)),
    trace: { seed: 1, digest, requests: 720, labels: { get: 720 } },
    host: hostOf('One'),
    ...changes,
  };
  for (const [file, contents] of writeSealed({ manifest, lines })) writeFileSync(join(directory, file), contents);
  return directory;
}

const output: Output = { isTerminal: false, colour: false, width: 80, write: () => {} };
const CONTEXT: Context = {
  env: {},
  cwd: work.path,
  home: work.path,
  pid: 1,
  clock: { seconds: () => 0, now: () => new Date('2026-01-02T00:00:00Z'), sleep: () => Promise.resolve() },
  salt: () => 'salt',
  signal: new AbortController().signal,
  hold: () => () => {},
  out: output,
  err: output,
};

/** Ends a series before the first run that would need Docker. */
const NO_RUN = new SlopegateError('INTERRUPTED', 'a run would begin here');
const options = (root: string, changes: Partial<ReleaseOptions> = {}): ReleaseOptions => ({
  root,
  fresh: false,
  onRun: () => {},
  beforeRuns: () => Promise.reject(NO_RUN),
  ...changes,
});
const ladder = (root: string, versions: readonly string[], changes: Partial<ReleaseOptions> = {}) =>
  ladderScenario(SCENARIO, versions, CONTEXT, options(root, changes), () => {});
let folders = 0;
const folder = (): string => join(work.path, `root-${(folders += 1)}`);

describe('a ladder over runs that exist', () => {
  const root = folder();
  runOf(root, '2', RECORDED.honest);
  runOf(root, '3', RECORDED.leak);

  test('uses them again, and starts nothing', async () => {
    const { result, directory } = await ladder(root, ['1', '2', '3']);
    expect(result.rungs).toMatchObject([
      { version: '1', label: 'waf 1', outcome: null, failure: null, run: null },
      { version: '2', label: 'waf 2', outcome: 'pass', run: 'test-run-2', reused: true },
      { version: '3', label: '3', outcome: 'fail', run: 'test-run-3', reused: true },
    ]);
    const [first, second, third] = result.rungs.map(({ services }) => services[0]);
    expect(Math.abs(first!.growth!.value)).toBeLessThan(500);
    expect(second!.difference!.upper).toBeLessThan(2000);
    expect(third!.step!.value).toBeCloseTo(third!.difference!.value - second!.difference!.value, 6);
    expect(third!.step!.value).toBeGreaterThan(7000);
    expect(result.notes).toEqual([]);
    expect(JSON.parse(readFileSync(join(directory, 'ladder.json'), 'utf8'))).toEqual(result);
  });

  test('a version without a run is run', async () => {
    await expect(ladder(root, ['1', '2', '4'])).rejects.toBe(NO_RUN);
  });

  test('--fresh uses none of them', async () => {
    await expect(ladder(root, ['1', '2'], { fresh: true })).rejects.toBe(NO_RUN);
  });

  test('the newest run of a version counts; different hosts are reported', async () => {
    const two = folder();
    runOf(two, '2', RECORDED.honest);
    runOf(two, '3', RECORDED.honest, { host: hostOf('Two') });
    const { result } = await ladder(two, ['1', '2', '3']);
    expect(result.notes).toEqual(['hosts-differ']);
  });
});

describe('a run is not used again', () => {
  const otherMargin = { ...SCENARIO, gate: { ...OF_BASE, marginBytesPerRequest: 1 } };
  test.each<[string, Partial<Manifest>]>([
    ['that did not end', { endedAt: null }],
    ['with another margin', { scenario: portableScenario(withVersions(otherMargin, PLACE, '1', '2')) }],
    ['with another first version', { scenario: portableScenario(withVersions(SCENARIO, PLACE, '0', '2')) }],
    ['with other requests', { trace: { seed: 1, digest: 'abd', requests: 720, labels: { get: 720 } } }],
    ['of another slopegate', { host: { ...hostOf('One'), slopegate: '0.0.1' } }],
  ])('%s', async (_, changes) => {
    const root = folder();
    runOf(root, '2', RECORDED.honest, changes);
    await expect(ladder(root, ['1', '2'])).rejects.toBe(NO_RUN);
  });

  test('that is damaged, or is no run', async () => {
    const root = folder();
    const directory = runOf(root, '2', RECORDED.honest);
    const journal = join(directory, 'journal.ndjson');
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('"requests":40', '"requests":41'));
    mkdirSync(join(root, 'else'));
    writeFileSync(join(root, 'else', 'manifest.json'), '{}');
    await expect(ladder(root, ['1', '2'])).rejects.toBe(NO_RUN);
  });

  test('that has fewer replicates than planned', async () => {
    const root = folder();
    const lines = RECORDED.honest.lines.filter(({ t }) => t === undefined || t.startsWith('r1-'));
    runOf(root, '2', { ...RECORDED.honest, lines });
    await expect(ladder(root, ['1', '2'])).rejects.toBe(NO_RUN);
  });
});

describe('a search over runs that exist', () => {
  const bisect = (root: string, versions: readonly string[], level: number) =>
    bisectScenario(SCENARIO, versions, level, CONTEXT, options(root), () => {});
  const root = folder();
  runOf(root, '1', RECORDED.honest);
  for (const version of ['2', '3']) runOf(root, version, RECORDED.honest);
  for (const version of ['4', '5']) runOf(root, version, RECORDED.leak);

  test('names the first bad version', async () => {
    const { result, directory } = await bisect(root, ['1', '2', '3', '4', '5'], 0.9);
    expect(result).toMatchObject({ firstBad: ['4'], ended: 'sure', good: '1', bad: '5', notes: [] });
    expect(result.rates).toEqual({ falseFail: 0.01, missedFail: 0.065 });
    expect(result.tests.map(({ version, outcome, reused }) => [version, outcome, reused])).toEqual([
      ['5', 'fail', true],
      ['1', 'pass', true],
      ['2', 'pass', true],
      ['3', 'pass', true],
      ['4', 'fail', true],
    ]);
    expect(result.probabilities.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
    expect(JSON.parse(readFileSync(join(directory, 'bisect.json'), 'utf8'))).toEqual(result);
  });

  test('begins a run only if one is needed', async () => {
    await expect(bisect(root, ['1', '2', '3', '4', '5'], 0.999)).rejects.toBe(NO_RUN);
    await expect(bisect(root, ['1', '4', '6'], 0.9)).rejects.toBe(NO_RUN);
  });

  test('a bad version that passes is refused, with its run', async () => {
    await expect(bisect(root, ['1', '2', '3'], 0.9)).rejects.toMatchObject({
      code: 'BISECT_REFUSED',
      message: 'The bad version 3 is PASS, compared with the good one. A search needs a FAIL there.',
      location: 'test-run-3',
    });
  });

  test('a good version that fails against itself is refused', async () => {
    const noisy = folder();
    runOf(noisy, '1', RECORDED.leak);
    runOf(noisy, '2', RECORDED.leak);
    await expect(bisect(noisy, ['1', '2'], 0.9)).rejects.toMatchObject({
      code: 'BISECT_REFUSED',
      message: 'The good version 1 is FAIL, compared with itself. A search needs a PASS there.',
    });
  });
});
