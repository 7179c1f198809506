import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { ArmsNow } from '../../src/arms/index.js';
import {
  SlopegateError,
  type Context,
  type HostFacts,
  type Manifest,
  type OnEvent,
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

const base = (name: string, seed: number): RunFiles =>
  writeBase(
    BASE_RUNS.find((one) => one.name === name)!,
    seed,
  );
/** Two recordings of each kind. All of them are independent. */
export const RECORDED = {
  honest: base('honest', 1),
  honestAgain: base('honest', 2),
  leak: base('leak', 3),
  leakAgain: base('leak', 4),
};
export const OF_BASE = (RECORDED.leak.manifest['scenario'] as Scenario).gate;

/** The scenario of the recorded runs, with a variable for the version. */
export const SCENARIO: Scenario = (() => {
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
export const PLACE = { kind: 'environment', name: 'VERSION' } as const;

const { digest } = (await openTraffic(SCENARIO, () => {})).traceOf(720, { warmup: 40, window: 680, rate: 20 });

export const hostOf = (cpuModel: string): HostFacts => ({
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

/** What the arms are made of, as runs record it, and as it is now. */
export const ARMS_NOW: ArmsNow = {
  digests: { baseline: 'one', candidate: 'other' },
  differences: [],
  imageIds: { baseline: {}, candidate: {} },
};

/** Writes a run of a version against version 1. */
export function runOf(
  root: string,
  version: string,
  files: RunFiles,
  { runId: name = `test-run-${version}`, ...changes }: Partial<Manifest> = {},
): string {
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
    armDigests: ARMS_NOW.digests,
    ...changes,
  };
  for (const [file, contents] of writeSealed({ manifest, lines })) writeFileSync(join(directory, file), contents);
  return directory;
}

const output: Output = { isTerminal: false, colour: false, width: 80, write: () => {} };
export const CONTEXT: Context = {
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
export const NO_RUN = new SlopegateError('INTERRUPTED', 'a run would begin here');
const options = (root: string, changes: Partial<ReleaseOptions> = {}): ReleaseOptions => ({
  root,
  fresh: false,
  armsNow: () => Promise.resolve(ARMS_NOW),
  onRun: () => {},
  beforeRuns: () => Promise.reject(NO_RUN),
  ...changes,
});

/** What a series needs, and what may differ in a test. */
interface Series {
  readonly scenario: Scenario;
  readonly context: Context;
  readonly changes: Partial<ReleaseOptions>;
  readonly onEvent: OnEvent;
}
const SERIES: Series = { scenario: SCENARIO, context: CONTEXT, changes: {}, onEvent: () => {} };

export function ladder(root: string, versions: readonly string[], given: Partial<Series> = {}) {
  const { scenario, context, changes, onEvent } = { ...SERIES, ...given };
  return ladderScenario(scenario, versions, context, options(root, changes), onEvent);
}

export function bisect(root: string, versions: readonly string[], level: number, given: Partial<Series> = {}) {
  const { scenario, context, changes, onEvent } = { ...SERIES, ...given };
  return bisectScenario(scenario, versions, level, context, options(root, changes), onEvent);
}

let folders = 0;
export const folder = (): string => join(work.path, `root-${(folders += 1)}`);
