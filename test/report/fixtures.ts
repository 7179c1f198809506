import type {
  ArmName,
  Assessment,
  Estimate,
  Finding,
  Outcome,
  Recording,
  ReplicateGrowth,
  Result,
  ServiceAssessment,
  ValidityCheck,
  Verdict,
} from '../../src/model/index.js';
import { attributionOf } from './attribution.js';
import { buildResult } from '../../src/report/index.js';
import { recordingOf, WINDOW, type Story } from './recordings.js';

/**
 * Two-sided 95 % t quantiles by degrees of freedom: enough for a look-alike of the real judgement, which has tests of
 * its own.
 */
const T95 = [Number.NaN, 12.706, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646];
const MARGIN = 32;
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
  return {
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
    sentence:
      difference === null
        ? `${service} could not be compared: it needs at least 2 replicates of both versions.`
        : `${service} grows ${Math.round(difference.value)} bytes per request more in the candidate (95 % interval ${Math.round(difference.lower)} to ${Math.round(difference.upper)}); the margin is ${MARGIN}.`,
  };
}

export const FAIR: readonly ValidityCheck[] = [
  { name: 'same-trace', ok: true, sentence: 'Every trial was sent the same requests (digest abababababab).' },
  { name: 'all-answered', ok: true, sentence: 'All 54,000 requests were answered.' },
  { name: 'origin-agrees', ok: true, sentence: 'The origin saw exactly the requests that were not blocked.' },
  { name: 'decisions-agree', ok: true, sentence: 'Both versions decided alike but for 9 of 54,000 requests.' },
  { name: 'containers-lived', ok: true, sentence: 'No container was killed, restarted or replaced.' },
];

export interface Telling {
  readonly story?: Partial<Story>;
  readonly outcome?: Outcome;
  readonly sentence?: string;
  readonly advice?: string | null;
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

/** A result made as the real one is: series recorded, slopes judged, document built. */
export function tell({
  story: changes = {},
  outcome,
  sentence,
  advice = null,
  findings = [],
  validity = FAIR,
  assessment = {},
}: Telling = {}): Result {
  const story = { ...ROLLBACK, ...changes };
  const recording = recordingOf(story);
  const services = Object.keys(story.growth).map((service) => assessService(recording, story, service));
  const judged = services.filter((service) => service.judged);
  const reached =
    outcome ??
    (['fail', 'inconclusive', 'pass'] as const).find((one) => judged.some((service) => service.outcome === one)) ??
    'inconclusive';
  const verdict: Verdict = {
    outcome: reached,
    sentence: sentence ?? judged[0]?.sentence ?? 'Nothing was judged.',
    advice,
    next: 'stop',
    assessment: {
      replicates: story.replicates,
      look: { index: 0, of: 3, weight: 0.2 },
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
      confirmation: reached === 'fail' ? 'confirmed' : 'unneeded',
      nextLook: null,
      ...assessment,
    },
  };
  return buildResult(recording, verdict, '0.1.0');
}

const UPGRADE: Story['labels'] = { baseline: ROLLBACK.labels.candidate, candidate: ROLLBACK.labels.baseline };

export const failing = (): Result =>
  tell({
    sentence:
      'Rolling back to libmodsecurity 3.0.9 makes the WAF grow by 5.22 KB per request more than it does today; you accept 32 B.',
    findings: [
      {
        kind: 'time-to-limit',
        severity: 'warn',
        service: 'waf',
        arm: 'candidate',
        sentence:
          'At 200 requests/s waf of the candidate uses up 2 GiB in about 34 minutes, growing by 5.220 KB of memory per request; 30 days are asked for.',
        value: 2056,
        threshold: 2_592_000,
        unit: 's',
        hint: 'Stay on 3.0.14, or restart workers more often than that.',
      },
      {
        kind: 'versions',
        severity: 'info',
        service: null,
        arm: null,
        sentence: 'nginx, libxml2 and the C library changed together with libmodsecurity.',
        value: null,
        threshold: null,
        unit: null,
        hint: null,
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
    outcome: 'pass',
    sentence: 'libmodsecurity 3.0.14 grows no faster than 3.0.9 by more than the 32 bytes per request you accept.',
  });

export const improving = (): Result =>
  tell({
    story: {
      name: 'modsecurity-xml upgrade',
      labels: UPGRADE,
      growth: { waf: { baseline: 5220, candidate: 0 }, origin: { baseline: 0, candidate: 0 } },
    },
    outcome: 'pass',
    sentence: 'The candidate grows 5.22 KB per request less than the baseline: the upgrade removes a leak.',
    findings: [
      {
        kind: 'improvement',
        severity: 'info',
        service: 'waf',
        arm: 'candidate',
        sentence: 'The baseline leaks 5.22 KB per request; the candidate does not.',
        value: -5220,
        threshold: 0,
        unit: 'bytes/request',
        hint: null,
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
    outcome: 'inconclusive',
    sentence:
      'Three replicates cannot tell whether the candidate grows by more or by less than the 32 bytes per request you accept.',
    advice: '2 more replicates would probably settle it, in about 6 minutes: slopegate run --replicates 5.',
  });

export const unfair = (): Result =>
  tell({
    outcome: 'invalid',
    sentence: 'The two versions were not compared fairly: the candidate was killed for lack of memory in replicate 2.',
    validity: [
      ...FAIR.slice(0, 4),
      {
        name: 'containers-lived',
        ok: false,
        sentence: 'waf of the candidate was killed for lack of memory in replicate 2, after 61 seconds.',
      },
    ],
    findings: [
      {
        kind: 'oom-kill',
        severity: 'invalid',
        service: 'waf',
        arm: 'candidate',
        sentence: 'waf was killed for lack of memory.',
        value: 1,
        threshold: 0,
        unit: null,
        hint: 'Raise stack.limits.memory for both versions.',
      },
    ],
  });
