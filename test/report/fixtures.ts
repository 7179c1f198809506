import type { ArmName, Outcome, Recording } from '../../src/model/index.js';
import type {
  Assessment,
  Estimate,
  Finding,
  ReplicateGrowth,
  Result,
  ServiceAssessment,
  ValidityCheck,
  Verdict,
} from '../../src/results/index.js';
import { judge } from '../../src/verdict/index.js';
import { stated } from '../../src/verdict/growth-statement.js';
import { attributionOf } from './attribution.js';
import { buildResult } from '../../src/report/index.js';
import { recordingOf, WINDOW, type Story } from './recordings.js';

/**
 * Two-sided 95 % t quantiles by degrees of freedom: enough for a look-alike of the real judgement, which has tests of
 * its own.
 */
const T95 = [Number.NaN, 12.706, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646];
const MARGIN = 32;
const ROOM = { bytes: 2 * 1024 ** 3, source: 'production' } as const;
const ARM_NAMES: readonly ArmName[] = ['baseline', 'candidate'];

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function estimateOf(values: readonly number[], floor: number): Estimate | null {
  if (values.length < 2) return null;
  const value = mean(values);
  const sd = Math.max(
    floor,
    Math.sqrt(values.reduce((total, one) => total + (one - value) ** 2, 0) / (values.length - 1)),
  );
  const half = ((T95[values.length - 1] ?? 2) * sd) / Math.sqrt(values.length);
  return { value, lower: value - half, upper: value + half, confidence: 0.95 };
}

/** Least-squares slope of a recorded service inside its window. */
function slope(recording: Recording, service: string, arm: ArmName, replicate: number): number | null {
  const trial = recording.trials.find((one) => one.trial.arm === arm && one.trial.replicate === replicate);
  const series = trial?.services.find((one) => one.service === service);
  const judged = trial?.phases.find((phase) => phase.name === 'window');
  if (series === undefined || judged === undefined) return null;
  const points = [...series.time].flatMap((time, index) =>
    time > judged.from.time && time <= judged.to.time
      ? [[series.requests[index] ?? 0, series.minimum.unreclaimable_bytes?.[index] ?? 0] as const]
      : [],
  );
  const [mx, my] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  return (
    points.reduce((total, [x, y]) => total + (x - mx) * (y - my), 0) /
    points.reduce((total, [x]) => total + (x - mx) ** 2, 0)
  );
}

function outcomeOf(difference: Estimate | null): Outcome {
  if (difference === null) return 'inconclusive';
  return difference.lower > MARGIN ? 'fail' : difference.upper < MARGIN ? 'pass' : 'inconclusive';
}

function assessService(recording: Recording, story: Story, service: string): ServiceAssessment {
  const replicates = Array.from({ length: story.replicates }, (_, index): ReplicateGrowth => {
    const [baseline, candidate] = ARM_NAMES.map((arm) => slope(recording, service, arm, index + 1)) as [
      number | null,
      number | null,
    ];
    return {
      replicate: index + 1,
      baseline,
      candidate,
      difference: baseline === null || candidate === null ? null : candidate - baseline,
      requests: WINDOW * story.rate,
      seconds: WINDOW,
    };
  });
  const floor = 49152 / (WINDOW * story.rate);
  const pick = (key: 'baseline' | 'candidate' | 'difference'): number[] =>
    replicates.map((one) => one[key]).filter((value) => value !== null);
  const difference = estimateOf(pick('difference'), floor);
  const outcome = outcomeOf(difference);
  const level = (arm: ArmName): ServiceAssessment['levels'][ArmName] => {
    const values = recording.trials
      .find((one) => one.trial.arm === arm)
      ?.services.find((one) => one.service === service)?.minimum.unreclaimable_bytes;
    return values === undefined
      ? null
      : { start: values[30] ?? 0, end: values[149] ?? 0, peak: Math.max(...values), afterIdle: values[159] ?? null };
  };
  const named = (arm: ArmName): string[] => (story.growth[service]?.[arm] === null ? [] : [service]);
  const measured: Omit<ServiceAssessment, 'said'> = {
    role: service,
    services: { baseline: named('baseline'), candidate: named('candidate') },
    metric: 'unreclaimable_bytes',
    unit: 'bytes/request',
    judged: service !== 'origin',
    outcome,
    replicates,
    growth: { baseline: estimateOf(pick('baseline'), floor), candidate: estimateOf(pick('candidate'), floor) },
    difference,
    bounds: difference === null ? null : { lower: difference.lower - 4, upper: difference.upper + 1 },
    margin: MARGIN,
    pFail: difference === null ? null : outcome === 'fail' ? 0.0000021 : 0.43,
    standardDeviation: difference === null ? null : floor * 0.8,
    floor: { value: floor, active: true, source: 'step' },
    detectable: difference === null ? null : MARGIN + 9 * floor,
    shape: outcome === 'fail' ? 'leak' : 'flat',
    guards: [],
    sawtooth: null,
    confirmationStatus: 'unneeded',
    confirmation: [],
    levels: { baseline: level('baseline'), candidate: level('candidate') },
    room: { baseline: ROOM, candidate: ROOM },
  };
  return stated(measured, { missing: [], looks: 3 });
}

export const FAIR: readonly ValidityCheck[] = [
  { name: 'same-trace', ok: true, said: { code: 'same-trace', facts: { digest: 'ab'.repeat(32) } } },
  { name: 'all-answered', ok: true, said: { code: 'all-answered', facts: { aborted: 0 } } },
  { name: 'origin-agrees', ok: true, said: { code: 'origin-agrees', facts: {} } },
  { name: 'decisions-agree', ok: true, said: { code: 'decided-almost-alike', facts: { differing: 9 } } },
  { name: 'containers-lived', ok: true, said: { code: 'containers-lived', facts: {} } },
];

const UNFAIR: readonly ValidityCheck[] = [
  ...FAIR.slice(0, 4),
  {
    name: 'containers-lived',
    ok: false,
    said: {
      code: 'baseline-died',
      facts: {
        candidateToo: false,
        death: {
          role: 'waf',
          arm: 'baseline',
          trial: 'r2-baseline',
          kind: 'oom-kill',
          requests: 4_575,
          detail: 'process 1 of the container',
          lastLine: 'worker process 7 exited on signal 9',
        },
      },
    },
  },
];

export interface Telling {
  readonly story?: Partial<Story>;
  readonly outcome?: Outcome;
  readonly findings?: readonly Finding[];
  readonly validity?: readonly ValidityCheck[];
  readonly assessment?: Partial<Assessment>;
}

const ROLLBACK: Story = {
  name: 'modsecurity-xml rollback',
  labels: { baseline: 'libmodsecurity 3.0.14 (Debian 13)', candidate: 'libmodsecurity 3.0.9 (Debian 12)' },
  growth: { waf: { baseline: 0, candidate: 5220 }, origin: { baseline: 0, candidate: 0 } },
  replicates: 3,
  rate: 75,
  axis: 'requests',
};

/** A verdict made as the real one is, on slopes that were measured; `outcome` makes it come out otherwise. */
export function verdictOf({
  story: changes = {},
  outcome,
  findings = [],
  validity = outcome === 'invalid' ? UNFAIR : FAIR,
  assessment = {},
}: Telling = {}): Verdict {
  const story = { ...ROLLBACK, ...changes };
  const recording = recordingOf(story);
  const services = Object.keys(story.growth).map((service) => assessService(recording, story, service));
  const fails = services.some((service) => service.judged && service.outcome === 'fail');
  const verdict = judge({
    replicates: story.replicates,
    look: { index: 0, of: 3, weight: 0.2 },
    alpha: { fail: 0.01, pass: 0.05 },
    services,
    validity,
    decisions: [
      {
        label: 'order-broken',
        requests: 6750,
        differing: 9,
        examples: [{ index: 812, baseline: 403, candidate: 400 }],
      },
    ],
    findings,
    axis: story.axis,
    margin: MARGIN,
    replicateSeconds: 170,
    confirmation: fails ? 'confirmed' : 'unneeded',
    nextLook: null,
    ...assessment,
  });
  return { ...verdict, outcome: outcome ?? verdict.outcome };
}

/** A result made as the real one is: series recorded, slopes judged, document built. */
export function tell(telling: Telling = {}): Result {
  return buildResult(recordingOf({ ...ROLLBACK, ...telling.story }), verdictOf(telling), '0.1.0');
}

const UPGRADE: Story['labels'] = { baseline: ROLLBACK.labels.candidate, candidate: ROLLBACK.labels.baseline };

const waf = { role: 'waf', metric: 'unreclaimable_bytes' } as const;

export const failing = (): Result =>
  tell({
    findings: [
      {
        kind: 'time-to-limit',
        severity: 'warn',
        service: 'waf',
        arm: 'candidate',
        said: {
          code: 'memory-runs-out',
          facts: {
            ...waf,
            arm: 'candidate',
            unit: 'bytes/request',
            growth: { value: 5220, lower: 5205, upper: 5235, confidence: 0.95 },
            ratePerSecond: 200,
            headroomBytes: 2 * 1024 ** 3,
            shortestSeconds: 2051,
            longestSeconds: 2063,
            wantedSeconds: 2_592_000,
          },
        },
        value: 2056,
        threshold: 2_592_000,
        unit: 's',
      },
      {
        kind: 'given-back',
        severity: 'info',
        service: 'waf',
        arm: 'baseline',
        said: {
          code: 'memory-returned',
          facts: { ...waf, arm: 'baseline', returned: 3 * 1024 ** 2, before: 30 * 1024 ** 2 },
        },
        value: 3 * 1024 ** 2,
        threshold: null,
        unit: 'bytes',
      },
    ],
    assessment: { attribution: [attributionOf('waf', ['order-valid', 'order-invalid', 'order-broken'])] },
  });

export const passing = (): Result =>
  tell({
    story: {
      name: 'modsecurity-crs',
      labels: UPGRADE,
      growth: { waf: { baseline: 2, candidate: 4 }, origin: { baseline: 0, candidate: 0 } },
      replicates: 5,
    },
  });

export const improving = (): Result =>
  tell({
    story: {
      name: 'modsecurity-xml upgrade',
      labels: UPGRADE,
      growth: { waf: { baseline: 5220, candidate: 0 }, origin: { baseline: 0, candidate: 0 } },
    },
    findings: [
      {
        kind: 'improvement',
        severity: 'info',
        service: 'waf',
        arm: 'candidate',
        said: {
          code: 'improved',
          facts: {
            ...waf,
            unit: 'bytes/request',
            difference: { value: -5220, lower: -5235, upper: -5205, confidence: 0.95 },
            withinMargin: false,
          },
        },
        value: 5220,
        threshold: 0,
        unit: 'bytes/request',
      },
    ],
  });

export const undecided = (): Result =>
  tell({
    story: {
      name: 'modsecurity-crs',
      labels: UPGRADE,
      growth: {
        waf: { baseline: 0, candidate: 28 },
        luajit: { baseline: 37, candidate: 39 },
        origin: { baseline: 0, candidate: 0 },
      },
    },
  });

export const unfair = (): Result => tell({ outcome: 'invalid' });
