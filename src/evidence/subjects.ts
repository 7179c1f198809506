import {
  ARMS,
  HOUR_SECONDS,
  PRIMARY_METRIC,
  STACK_ROLE,
  USAGE_METRICS,
  type FindingKind,
  type GateSettings,
  type Metric,
  type Scenario,
} from '../model/index.js';
import {
  ALLOCATOR_QUANTUM_BYTES,
  COUNT_MARGIN,
  COUNT_QUANTUM,
  DEFAULT_HOURLY_MARGIN,
  FAMILY_FACTOR,
  IDLE_QUANTUM_BYTES,
  MOST_FAMILY_ALPHA,
} from '../statistics/method.js';
import type { TrialPair } from './replicates.js';
import type { Role } from './roles.js';
import { columnOf, type Axis } from './series/cut.js';
import { idleOf } from './series/idle.js';
import { replicatesOf, type Preparation, type Subject } from './subject.js';

/** Metrics that are counts. A leak of them may not change memory at all. */
export const COUNTED: readonly { readonly metric: Metric; readonly finding: FindingKind }[] = [
  { metric: 'fds', finding: 'descriptors-grow' },
  { metric: 'threads', finding: 'threads-grow' },
  { metric: 'sockets', finding: 'sockets-grow' },
];

/**
 * All metrics that are needed to judge and draw a recording, as minima of each second. Other metrics are not kept in
 * memory.
 */
export const JUDGED_METRICS: readonly Metric[] = [
  PRIMARY_METRIC,
  'anon_bytes',
  'shmem_bytes',
  'kernel_unreclaimable_bytes',
  'file_bytes',
  'live_bytes',
  ...USAGE_METRICS,
  ...COUNTED.map(({ metric }) => metric),
];

/** The metric that decides in this recording. */
export function decidingMetric(pairs: readonly TrialPair[]): Metric {
  const services = pairs.flatMap(({ baseline, candidate }) => [...baseline.services, ...candidate.services]);
  return services.some((service) => columnOf(service, PRIMARY_METRIC) !== null) || services.length === 0
    ? PRIMARY_METRIC
    : 'anon_bytes';
}

/** The accepted growth on this axis. Per second, it is the margin times the stated rate. */
export function marginOn(axis: Axis, perRequest: number, scenario: Scenario): number {
  return axis === 'requests' ? perRequest : perRequest * scenario.traffic.rate;
}

const unitOf = (noun: string, axis: Axis): string => `${noun}/${axis === 'requests' ? 'request' : 's'}`;

/** Unit, margin and quantum of the deciding metric. Memory has the scenario's margin, counts have their own. */
function measuresOf(metric: Metric, axis: Axis, scenario: Scenario): Pick<Subject, 'unit' | 'margin' | 'quantum'> {
  return COUNTED.some((counted) => counted.metric === metric)
    ? { unit: unitOf(metric, axis), margin: marginOn(axis, COUNT_MARGIN, scenario), quantum: COUNT_QUANTUM }
    : {
        unit: unitOf('bytes', axis),
        margin: marginOn(axis, scenario.gate.marginBytesPerRequest, scenario),
        quantum: ALLOCATOR_QUANTUM_BYTES,
      };
}

/** The deciding metric of every service, and the stack's total if there are several judged services. */
export function memorySubjects(
  pairs: readonly TrialPair[],
  roles: readonly Role[],
  metric: Metric,
  scenario: Scenario,
  preparation: Preparation,
): Subject[] {
  const shared = { metric, ...measuresOf(metric, preparation.axis, scenario) };
  const services = roles.map((role): Subject => {
    // A service that only the baseline had cannot grow in the candidate. It is shown and not judged.
    const judged = role.judged && role.services.candidate.length > 0;
    return {
      ...shared,
      role: role.role,
      services: role.services,
      judged,
      ...replicatesOf(pairs, role.services, metric, preparation),
    };
  });
  const members = roles.filter(({ judged }) => judged);
  if (members.length < 2) return services;
  const oneSided = members.some(
    ({ services: { baseline, candidate } }) => baseline.length === 0 || candidate.length === 0,
  );
  const all = {
    baseline: members.flatMap((role) => role.services.baseline),
    candidate: members.flatMap((role) => role.services.candidate),
  };
  // If a service is new or gone, the total is judged too. Otherwise every service is already judged by itself.
  return [
    ...services,
    { ...shared, role: STACK_ROLE, services: all, judged: oneSided, ...replicatesOf(pairs, all, metric, preparation) },
  ];
}

/** Descriptors, threads and sockets of every judged service that recorded them, except the deciding metric. */
export function countSubjects(
  pairs: readonly TrialPair[],
  roles: readonly Role[],
  deciding: Metric,
  scenario: Scenario,
  preparation: Preparation,
): Subject[] {
  return roles
    .filter(({ judged, services }) => judged && services.candidate.length > 0)
    .flatMap((role) =>
      COUNTED.filter(({ metric }) => metric !== deciding).map(({ metric }): Subject => ({
        role: role.role,
        services: role.services,
        metric,
        ...measuresOf(metric, preparation.axis, scenario),
        judged: false,
        ...replicatesOf(pairs, role.services, metric, preparation),
      })),
    )
    .filter((subject) => subject.replicates.length > 0 || isPartlyLost(subject, pairs));
}

/**
 * Memory of the judged ones of these subjects against time, in the idle phase of each trial. The step term of its floor
 * is as well known as that of the window.
 */
export function timeSubjects(
  memory: readonly Subject[],
  pairs: readonly TrialPair[],
  scenario: Scenario,
  preparation: Omit<Preparation, 'axis' | 'windowIn' | 'sinceLoad'>,
): Subject[] {
  const idle = { ...preparation, axis: 'seconds', windowIn: idleOf, sinceLoad: false } as const;
  return memory
    .filter(({ judged, metric }) => judged && metric.endsWith('_bytes'))
    .map(({ role, services, metric, judged }): Subject => ({
      role,
      services,
      metric,
      judged,
      unit: unitOf('bytes', 'seconds'),
      margin: (scenario.gate.marginBytesPerHour ?? DEFAULT_HOURLY_MARGIN) / HOUR_SECONDS,
      quantum: IDLE_QUANTUM_BYTES,
      ...(scenario.gate.prior === 'steps' ? { stepsKnown: true } : {}),
      ...replicatesOf(pairs, services, metric, idle),
    }));
}

/**
 * Whether a count was read in some trials and not in others: then evidence was lost. A count that is always read too
 * seldom, such as the sockets of a service with thousands of them, is no evidence in any trial.
 */
export function isPartlyLost({ missing, services }: Subject, pairs: readonly TrialPair[]): boolean {
  const trials = pairs.length * ARMS.filter((arm) => services[arm].length > 0).length;
  return missing.length > 0 && missing.length < trials;
}

/** Alpha of one service, of any false FAIL in a stack, of PASS and of the guards. */
export function alphasOf({ alpha }: GateSettings): {
  readonly fail: number;
  readonly family: number;
  readonly pass: number;
  readonly guard: number;
} {
  return { ...alpha, family: Math.max(alpha.fail, Math.min(MOST_FAMILY_ALPHA, FAMILY_FACTOR * alpha.fail)) };
}
