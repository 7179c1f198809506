import type {
  ArmName,
  ContainerFacts,
  HostFacts,
  Recording,
  ReplayResult,
  Scenario,
  ServiceSeries,
  TrialRecording,
} from '../../src/model/index.js';

/** mulberry32: the same series on every machine. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Story {
  readonly name: string;
  readonly labels: Readonly<Record<ArmName, string>>;
  /** Service → bytes each request leaves behind. */
  readonly growth: Readonly<Record<string, Readonly<Record<ArmName, number | null>>>>;
  readonly replicates: number;
  readonly rate: number;
  readonly axis: 'requests' | 'seconds';
}

const WARMUP = 30;
export const WINDOW = 120;
const IDLE = 10;

/** What Debian 13 and Debian 12 ship. */
const VERSIONS: Readonly<Record<'trixie' | 'bookworm', Readonly<Record<string, string>>>> = {
  trixie: { libmodsecurity: '3.0.14', nginx: '1.26.3', libxml2: '2.12.7', libc6: '2.41', 'modsecurity-crs': '3.3.7' },
  bookworm: { libmodsecurity: '3.0.9', nginx: '1.22.1', libxml2: '2.9.14', libc6: '2.36', 'modsecurity-crs': '3.3.7' },
};

const HOST: HostFacts = {
  os: 'Debian GNU/Linux 12 (bookworm)',
  kernel: '6.18.5',
  architecture: 'x64',
  cpus: 2,
  cpuModel: 'Intel(R) Xeon(R) Processor @ 2.60GHz',
  memoryBytes: 8_328_130_560,
  swapBytes: 0,
  cgroupVersion: 1,
  docker: '20.10.24',
  dockerApi: '1.41',
  compose: '2.26.1',
  node: '20.20.2',
  slopegate: '0.1.0',
};

function scenarioOf(story: Story): Scenario {
  const arm = (name: ArmName): Scenario['arms'][ArmName] => ({
    label: story.labels[name],
    compose: ['/srv/slopegate/docker-compose.yml'],
    environment: { SUITE: name },
  });
  return {
    name: story.name,
    description: 'A rule that validates XML bodies against a schema, with valid, invalid and broken documents.',
    file: `/srv/slopegate/scenarios/${story.name.replace(/\W+/g, '-')}/scenario.yaml`,
    expect: null,
    arms: { baseline: arm('baseline'), candidate: arm('candidate') },
    stack: {
      entry: { service: 'waf', port: 8080 },
      origin: { service: 'origin', port: 8080 },
      ready: { path: '/', status: 200, timeoutSeconds: 60 },
      limits: { memoryBytes: 1024 ** 3, cpus: null },
      roles: {},
      unjudged: ['origin'],
    },
    traffic: { seed: 42, rate: story.rate, host: 'shop.example', fields: {}, mix: [], blockedStatuses: [403] },
    experiment: {
      order: 'concurrent',
      looks: [3, 5, 8],
      warmup: { requests: WARMUP * story.rate, seconds: WARMUP },
      window: { requests: WINDOW * story.rate, seconds: WINDOW },
      idleSeconds: IDLE,
    },
    identity: { decisionTolerance: 0.01, paceTolerance: 0.1 },
    gate: {
      marginBytesPerRequest: 32,
      production: { ratePerSecond: 200, headroomBytes: 2 * 1024 ** 3, surviveSeconds: 30 * 86_400 },
      alpha: { fail: 0.01, pass: 0.05, guard: 0.05 },
      lookWeights: [0.2, 0.3, 0.5],
      confirm: 'auto',
      findings: {},
    },
  };
}

/** One container's memory: a quick start-up climb, rare allocator steps, the growth, and the end of the load. */
function seriesOf(service: string, perRequest: number, rate: number, seed: number): ServiceSeries {
  const next = random(seed);
  const length = WARMUP + WINDOW + IDLE;
  const [time, requests, memory, fds] = [0, 1, 2, 3].map(() => new Float64Array(length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let steps = 0;
  for (let second = 0; second < length; second += 1) {
    time[second] = second + 1;
    requests[second] = Math.min(second + 1, WARMUP + WINDOW) * rate;
    if (next() < 0.03) steps += Math.floor(next() * 24) * 4096 - 8 * 4096;
    const start = 23.5e6 + seed * 90_000 + 7.2e6 * Math.min(1, (second + 1) / 5);
    memory[second] = Math.floor((start + steps + perRequest * (requests[second] ?? 0)) / 4096) * 4096;
    fds[second] = 34 + (next() < 0.1 ? 1 : 0);
  }
  return {
    service,
    role: service,
    time,
    requests,
    minimum: { unreclaimable_bytes: memory, fds },
    median: { unreclaimable_bytes: memory, fds },
  };
}

function replayOf(story: Story, baseline: boolean): ReplayResult {
  const planned = (WARMUP + WINDOW) * story.rate;
  const blocked = Math.round(planned * 0.2);
  return {
    engine: 'autocannon',
    planned,
    sent: planned,
    answered: planned,
    sentDigest: 'ab'.repeat(32),
    plannedDigest: 'ab'.repeat(32),
    counts: {
      'order-valid': { 200: planned - 2 * blocked },
      'order-invalid': { 403: blocked },
      'order-broken': baseline ? { 403: blocked } : { 403: blocked - 3, 400: 3 },
    },
    statuses: [],
    passedDigest: 'cd'.repeat(32),
    passedCount: planned - 2 * blocked,
    seconds: WARMUP + WINDOW,
    lateness: { p50: 0.4, p99: 3.1, max: 11 },
    latency: { p50: 4, p99: 19, max: 80 },
  };
}

function containerOf(service: string, label: string): ContainerFacts {
  const suite = label.includes('3.0.14') ? 'trixie' : 'bookworm';
  const own = service === 'origin' ? 'slopegate/origin:1' : `slopegate/modsecurity:${suite}`;
  const digest = service === 'origin' ? '0f' : suite === 'trixie' ? '3a' : '7c';
  return {
    service,
    container: 1,
    image: own,
    imageId: `sha256:${digest.repeat(32)}`,
    versions: service === 'origin' ? { node: '20.20.2' } : VERSIONS[suite],
    memoryLimitBytes: 1024 ** 3,
    cpus: null,
  };
}

function trialOf(story: Story, arm: ArmName, replicate: number): TrialRecording {
  const { rate } = story;
  const at = (seconds: number): { time: number; requests: number } => ({
    time: seconds,
    requests: Math.min(seconds, WARMUP + WINDOW) * rate,
  });
  const services = Object.entries(story.growth).flatMap(([service, growth], index) => {
    const perRequest = growth[arm];
    return perRequest === null
      ? []
      : [seriesOf(service, perRequest, rate, replicate * 7 + index * 3 + (arm === 'baseline' ? 1 : 2))];
  });
  return {
    trial: { id: `${replicate}-${arm}`, arm, replicate, purpose: 'replicate' },
    startedAt: '2025-03-04T05:06:07.000Z',
    clockAtZero: new Date(Date.UTC(2025, 2, 4, 5, 4 + 4 * replicate, 20, arm === 'baseline' ? 125 : 130)).toISOString(),
    phases: [
      { name: 'warmup', from: at(0), to: at(WARMUP) },
      { name: 'window', from: at(WARMUP), to: at(WARMUP + WINDOW) },
      {
        name: 'idle',
        from: at(WARMUP + WINDOW),
        to: { time: WARMUP + WINDOW + IDLE, requests: (WARMUP + WINDOW) * rate },
      },
    ],
    services,
    events: [],
    replay: replayOf(story, arm === 'baseline'),
    origin: null,
    containers: services.map((series) => containerOf(series.service, story.labels[arm])),
    complete: true,
    failure: null,
  };
}

export function recordingOf(story: Story): Recording {
  const planned = (WARMUP + WINDOW) * story.rate;
  return {
    manifest: {
      schema: 'slopegate.recording/1',
      runId: '20250304-050607-xml-rollback',
      startedAt: '2025-03-04T05:06:07.000Z',
      endedAt: '2025-03-04T05:15:40.000Z',
      scenario: scenarioOf(story),
      trace: {
        seed: 42,
        digest: 'ab'.repeat(32),
        requests: planned,
        labels: { 'order-valid': planned * 0.6, 'order-invalid': planned * 0.2, 'order-broken': planned * 0.2 },
      },
      host: HOST,
      notes: [
        {
          code: 'older-note',
          facts: { text: 'cgroup v1: memory.stat is refreshed by the kernel about every 2 seconds.' },
        },
      ],
    },
    trials: Array.from({ length: story.replicates }, (_, index) => index + 1).flatMap((replicate) => [
      trialOf(story, 'baseline', replicate),
      trialOf(story, 'candidate', replicate),
    ]),
  };
}
