import { readFileSync } from 'node:fs';
import {
  RECORDING_SCHEMA,
  type ArmName,
  type ContainerEvent,
  type ContainerFacts,
  type GateSettings,
  type Metric,
  type Recording,
  type ReplayResult,
  type Scenario,
  type ServiceSeries,
  type Trial,
  type TrialRecording,
} from '../../src/model/index.js';
import type { WordedVerdict } from '../../src/results/index.js';
import { assess, judge, type AssessOptions } from '../../src/verdict/index.js';
import { tell } from '../../src/words/tell.js';

/** One regular expression from parts that follow one another. */
export function pattern(...parts: readonly RegExp[]): RegExp {
  return new RegExp(parts.map(({ source }) => source).join(''));
}

/** The verdict on a recording, in words too. */
export function wordedVerdict(recording: Recording, options: AssessOptions = {}): WordedVerdict {
  return tell(judge(assess(recording, options)));
}

type Changes = {
  readonly gate?: Partial<GateSettings>;
  readonly experiment?: Partial<Scenario['experiment']>;
  readonly stack?: Partial<Scenario['stack']>;
  readonly rate?: number;
  /** `traffic.repeat` */
  readonly repeat?: number;
};

export function scenarioWith(changes: Changes = {}): Scenario {
  const arm = (label: string) => ({ label, compose: [], environment: {} });
  return {
    name: 'test',
    description: '',
    file: '/test.yaml',
    expect: null,
    arms: { baseline: arm('old'), candidate: arm('new') },
    stack: {
      entry: { service: 'waf', port: 80 },
      origin: null,
      ready: { path: '/', status: 200, timeoutSeconds: 60 },
      limits: { memoryBytes: null, cpus: null },
      roles: {},
      unjudged: [],
      ...changes.stack,
    },
    traffic: {
      seed: 1,
      rate: changes.rate ?? 75,
      host: 'test',
      fields: {},
      mix: [],
      ...(changes.repeat !== undefined && { repeat: changes.repeat }),
      blockedStatuses: [403],
    },
    experiment: {
      order: 'concurrent',
      looks: [3, 5, 8],
      warmup: { requests: 0, seconds: 60 },
      window: { requests: 22_500, seconds: 300 },
      idleSeconds: 10,
      ...changes.experiment,
    },
    identity: { decisionTolerance: 0.01, paceTolerance: 0.05 },
    gate: {
      marginBytesPerRequest: 32,
      production: null,
      alpha: { fail: 0.01, pass: 0.05, guard: 0.05 },
      lookWeights: [0.2, 0.3, 0.5],
      confirm: 'never',
      findings: {},
      ...changes.gate,
    },
  };
}

export type TrialChanges = Partial<Omit<TrialRecording, 'trial'>>;

export function trialWith(
  arm: ArmName,
  replicate: number,
  services: readonly ServiceSeries[],
  changes: TrialChanges = {},
  purpose: Trial['purpose'] = 'replicate',
): TrialRecording {
  const id = `${purpose === 'replicate' ? 'r' : 'c'}${replicate}-${arm}`;
  return {
    trial: { id, arm, replicate, purpose },
    startedAt: '2026-01-01T00:00:00.000Z',
    phases: [],
    services,
    events: [],
    replay: null,
    origin: null,
    containers: services.map(({ service }) => containerOf(service)),
    complete: true,
    failure: null,
    ...changes,
  };
}

function containerOf(service: string): ContainerFacts {
  const image = { image: `${service}:1`, imageId: 'sha256:1', versions: {} };
  return { service, container: 1, ...image, memoryLimitBytes: null, cpus: null };
}

export function recordingOf(
  trials: readonly TrialRecording[],
  changes: Changes = {},
  trace: Recording['manifest']['trace'] = null,
): Recording {
  return {
    manifest: {
      schema: RECORDING_SCHEMA,
      runId: 'test',
      startedAt: '2026-01-01T00:00:00.000Z',
      endedAt: null,
      scenario: scenarioWith(changes),
      trace,
      host: null,
      notes: [],
    },
    trials,
  };
}

/** A service whose metrics are functions of second and requests; two idle seconds at either end. */
export function serviceWith(
  service: string,
  seconds: number,
  metrics: Partial<Record<Metric, (second: number, requests: number) => number>>,
  rate: number = 75,
): ServiceSeries {
  const time = Float64Array.from({ length: seconds + 4 }, (_, i) => i);
  const requests = time.map((second) => rate * Math.min(seconds, Math.max(0, second - 1)));
  const columns = Object.fromEntries(
    Object.entries(metrics).map(([metric, of]) => [metric, time.map((second, i) => of(second, requests[i] as number))]),
  );
  return { service, role: service, time, requests, minimum: columns, median: columns };
}

/** One of test/fixtures/traces as the series of one service. */
function traceFixture(name: string, service: string = 'waf'): ServiceSeries {
  const [header = '', ...rows] = readFileSync(new URL(`../fixtures/traces/${name}.csv`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const names = header.split(',');
  const cells = rows.map((row) => row.split(',').map(Number));
  const column = (wanted: string): Float64Array =>
    Float64Array.from(cells, (row) => row[names.indexOf(wanted)] ?? Number.NaN);
  const minimum = { anon_bytes: column('anon_bytes'), usage_bytes: column('usage_bytes'), fds: column('fds') };
  return { service, role: service, time: column('time_s'), requests: column('requests'), minimum, median: minimum };
}

/** A pair of recorded replicates per entry: `[baseline, candidate]`. */
export function traceRecording(
  pairs: readonly (readonly [baseline: string, candidate: string])[],
  changes: Changes = {},
): Recording {
  const trials = pairs.flatMap(([baseline, candidate], i) => [
    trialWith('baseline', i + 1, [traceFixture(baseline)]),
    trialWith('candidate', i + 1, [traceFixture(candidate)]),
  ]);
  return recordingOf(trials, changes);
}

/** The last 500 requests are blocked. */
export const STATUSES = Uint16Array.from({ length: 24_750 }, (_, i) => (i < 24_250 ? 200 : 403));

/** What one arm answered in 330 s at 75 requests/s: the numbers that `serviceWith` counts, and the same everywhere. */
export function replayWith(changes: Partial<ReplayResult> = {}): ReplayResult {
  const lateness = { p50: 0, p99: 1, max: 2 };
  const { statuses = STATUSES } = changes;
  const tally: Record<string, number> = {};
  for (const status of Array.from(statuses)) {
    const name = status === 0 ? 'none' : status === 1 ? 'aborted' : String(status);
    tally[name] = (tally[name] ?? 0) + 1;
  }
  const answered = changes.answered ?? 24_750 - (tally['none'] ?? 0) - (tally['aborted'] ?? 0);
  return {
    engine: 'test',
    planned: 24_750,
    sent: 24_750,
    answered,
    plannedDigest: 'abc',
    sentDigest: 'abc',
    counts: { get: tally },
    statuses,
    passedDigest: 'def',
    passedCount: Math.min(24_250, answered),
    seconds: 330,
    lateness,
    latency: lateness,
    ...changes,
  };
}

export function eventOf(kind: ContainerEvent['kind'], service: string = 'waf', time: number = 150): ContainerEvent {
  return { kind, service, container: 1, time, requests: time * 75, detail: '' };
}
