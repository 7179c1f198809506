import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { METRICS, RECORDING_SCHEMA, type Manifest, type Metric, type Trial } from '../../../src/model/index.js';
import { createRunDirectory, type RunDirectory } from '../../../src/journal/run-directory.js';
import { scenarioWith } from '../../verdict/recordings.js';
import { randomFrom, type Random } from '../random.js';
import type { JournalLine, RunFiles } from './run-files.js';

const RATE = 20;
const SECONDS = 36;
const WARMUP = 2;
const REQUESTS = RATE * SECONDS;
const PAGE = 4096;
const METRICS_KEPT: readonly Metric[] = ['unreclaimable_bytes', 'anon_bytes', 'fds'];

/** What is the matter with a run. All else in it is as it should be. */
export interface BaseRun {
  readonly name: string;
  readonly passes: boolean;
  /** Bytes that the candidate's `waf` keeps of each request. */
  readonly leak: number;
  /** Descriptors that it keeps of each request. */
  readonly fdLeak: number;
  /** More services than `waf`: a judged one of two containers, and an origin that is not judged. */
  readonly services: boolean;
  /** A longer pair that shows no growth. */
  readonly refuted: boolean;
}

const HONEST: BaseRun = { name: 'honest', passes: true, leak: 0, fdLeak: 0, services: false, refuted: false };

/** Small runs: two replicates, so that each of them is needed for a PASS, and half a minute of readings. */
export const BASE_RUNS: readonly BaseRun[] = [
  HONEST,
  { ...HONEST, name: 'honest, three services', services: true },
  { ...HONEST, name: 'leak', passes: false, leak: 8000 },
  { ...HONEST, name: 'leak, three services', passes: false, leak: 8000, services: true },
  { ...HONEST, name: 'descriptors', passes: false, fdLeak: 0.5 },
  { ...HONEST, name: 'refuted leak', passes: false, leak: 8000, refuted: true },
];

/** Writes a run as `slopegate run` does, and reads its lines back. Another seed makes another run of the same thing. */
export function writeBase(base: BaseRun, seed = 1): RunFiles {
  const root = mkdtempSync(join(tmpdir(), 'slopegate-base-'));
  try {
    const run = createRunDirectory(root, manifestOf(base));
    recordRun(run, base, randomFrom(seed));
    run.close('2026-01-01T00:10:00.000Z');
    const read = (name: string): string => readFileSync(join(run.directory, name), 'utf8');
    const lines = read('journal.ndjson').trimEnd().split('\n');
    return {
      manifest: JSON.parse(read('manifest.json')) as RunFiles['manifest'],
      lines: lines.map((line) => withoutSeal(JSON.parse(line) as JournalLine)),
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** A line without its seal, and only with the metrics that are judged: a journal names those that it has. */
function withoutSeal({ i: _place, x: _checksum, ...body }: JournalLine): JournalLine {
  const kept = (values: unknown): unknown[] =>
    METRICS_KEPT.map((metric) => (values as unknown[])[METRICS.indexOf(metric)]);
  if (body['k'] === 'journal') return { ...body, k: 'journal', metrics: METRICS_KEPT };
  return body['k'] === 'r' ? { ...body, k: 'r', m: kept(body['m']), d: kept(body['d']) } : body;
}

function manifestOf({ services, refuted }: BaseRun): Manifest {
  const scenario = scenarioWith({
    gate: {
      marginBytesPerRequest: 2000,
      confirm: refuted ? 'always' : 'never',
      lookWeights: [1],
      findings: { 'descriptors-grow': 'fail' },
    },
    experiment: { looks: [2], warmup: { requests: 0, seconds: WARMUP }, window: { requests: 0, seconds: 34 } },
    stack: services ? { unjudged: ['origin'], origin: { service: 'origin', port: 80 } } : {},
    rate: RATE,
  });
  return {
    schema: RECORDING_SCHEMA,
    runId: 'fuzz',
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAt: null,
    scenario,
    trace: { seed: 1, digest: 'abc', requests: REQUESTS, labels: { get: REQUESTS } },
    host: null,
    notes: [],
  };
}

function recordRun({ journal }: RunDirectory, base: BaseRun, random: Random): void {
  journal.labels(
    Array.from({ length: REQUESTS }, () => 'get'),
    REQUESTS,
  );
  const trials: Trial[] = [1, 2].flatMap((replicate) =>
    (['baseline', 'candidate'] as const).map((arm): Trial => ({
      id: `r${replicate}-${arm}`,
      arm,
      replicate,
      purpose: 'replicate',
    })),
  );
  const longer = (['baseline', 'candidate'] as const).map((arm): Trial => ({
    id: `c1-${arm}`,
    arm,
    replicate: 1,
    purpose: 'confirmation',
  }));
  for (const trial of [...trials, ...(base.refuted ? longer : [])]) recordTrial(journal, base, trial, random);
}

function recordTrial(journal: RunDirectory['journal'], base: BaseRun, trial: Trial, random: Random): void {
  const { id, arm, purpose } = trial;
  const late = 1e-7 + random.below(1e6) / 1e8;
  journal.trialStarted(trial, '2026-01-01T00:00:01.000Z');
  const containers = containersOf(base);
  journal.containers(
    id,
    containers.map(({ service, container }) => ({
      service,
      container,
      image: `${service}:${arm}`,
      imageId: `sha256:${service}-${arm}`,
      versions: {},
      memoryLimitBytes: null,
      cpus: null,
    })),
  );
  const leaks = arm === 'candidate' && purpose === 'replicate';
  for (let time = 1; time <= SECONDS; time += 1) {
    const requests = time === SECONDS ? REQUESTS : RATE * time - random.below(3);
    for (const one of containers) {
      const own = leaks && one.service === 'waf';
      const kept = own ? Math.floor((base.leak * requests) / PAGE) * PAGE : 0;
      const memory = 30e6 + (30e6 % PAGE) + kept + PAGE * random.below(8);
      const fds = 12 + random.below(2) + (own ? Math.floor(base.fdLeak * requests) : 0);
      const values = { unreclaimable_bytes: memory, anon_bytes: memory, ...(base.fdLeak > 0 ? { fds } : {}) };
      journal.reading(id, { ...one, time, requests, minimum: values, median: values });
    }
  }
  recordTraffic(journal, base, id, late);
  journal.trialEnded(id, null);
}

function containersOf({ services }: BaseRun): readonly { readonly service: string; readonly container: number }[] {
  const one = (service: string, container = 1) => ({ service, container });
  return services ? [one('waf'), one('api', 1), one('api', 2), one('origin')] : [one('waf')];
}

function recordTraffic(journal: RunDirectory['journal'], { services }: BaseRun, id: string, late: number): void {
  const spread = { p50: 1, p99: 2, max: 3 };
  journal.replay(id, {
    engine: 'test',
    planned: REQUESTS,
    sent: REQUESTS,
    answered: REQUESTS,
    plannedDigest: 'abc',
    sentDigest: 'abc',
    counts: { get: { 200: REQUESTS } },
    statuses: Array.from({ length: REQUESTS }, () => 200),
    passedDigest: 'def',
    passedCount: REQUESTS,
    seconds: SECONDS,
    lateness: spread,
    latency: spread,
  });
  if (services) journal.origin(id, { requests: REQUESTS, digest: 'def' });
  const at = (seconds: number) => ({ time: seconds + late, requests: Math.round(RATE * seconds) });
  journal.phase(id, { name: 'warmup', from: at(0), to: at(WARMUP) });
  journal.phase(id, { name: 'window', from: at(WARMUP), to: at(SECONDS) });
}
