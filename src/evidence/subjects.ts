import {
  ARMS,
  PRIMARY_METRIC,
  STACK_ROLE,
  type FindingKind,
  type GateSettings,
  type Metric,
  type Scenario,
} from '../model/index.js';
import {
  ALLOCATOR_QUANTUM_BYTES,
  COUNT_MARGIN,
  COUNT_QUANTUM,
  FAMILY_FACTOR,
  MOST_FAMILY_ALPHA,
} from '../statistics/method.js';
import type { TrialPair } from './replicates.js';
import type { Role } from './roles.js';
import { columnOf, type Axis } from './series/cut.js';
import { replicatesOf, type Preparation, type Subject } from './subject.js';

/** Metrics that are counted, not weighed: a leak of them may move no memory at all. */
export const COUNTED: readonly { readonly metric: Metric; readonly finding: FindingKind }[] = [
  { metric: 'fds', finding: 'descriptors-grow' },
  { metric: 'threads', finding: 'threads-grow' },
  { metric: 'sockets', finding: 'sockets-grow' },
];

/** All that a recording is judged by and drawn from, of each second's minima: what need not be read takes no memory. */
export const JUDGED_METRICS: readonly Metric[] = [
  PRIMARY_METRIC,
  'anon_bytes',
  'shmem_bytes',
  'kernel_unreclaimable_bytes',
  'file_bytes',
  'live_bytes',
  ...COUNTED.map(({ metric }) => metric),
];

/** The metric that decides in this recording. */
export function decidingMetric(pairs: readonly TrialPair[]): Metric {
  const services = pairs.flatMap(({ baseline, candidate }) => [...baseline.services, ...candidate.services]);
  return services.some((service) => columnOf(service, PRIMARY_METRIC) !== null) || services.length === 0
    ? PRIMARY_METRIC
    : 'anon_bytes';
}

/** The accepted growth on this axis: per second, it is what the stated rate makes of it. */
export function marginOn(axis: Axis, perRequest: number, scenario: Scenario): number {
  return axis === 'requests' ? perRequest : perRequest * scenario.traffic.rate;
}

const unitOf = (noun: string, axis: Axis): string => `${noun}/${axis === 'requests' ? 'request' : 's'}`;

/** Unit, margin and quantum of the metric that decides: memory by the scenario's margin, what is counted by its own. */
function measuresOf(metric: Metric, axis: Axis, scenario: Scenario): Pick<Subject, 'unit' | 'margin' | 'quantum'> {
  return COUNTED.some((counted) => counted.metric === metric)
    ? { unit: unitOf(metric, axis), margin: marginOn(axis, COUNT_MARGIN, scenario), quantum: COUNT_QUANTUM }
    : {
        unit: unitOf('bytes', axis),
        margin: marginOn(axis, scenario.gate.marginBytesPerRequest, scenario),
        quantum: ALLOCATOR_QUANTUM_BYTES,
      };
}

/** Every service's deciding metric, and the stack's total where there is more than one judged service. */
export function memorySubjects(
  pairs: readonly TrialPair[],
  roles: readonly Role[],
  metric: Metric,
  scenario: Scenario,
  preparation: Preparation,
): Subject[] {
  const shared = { metric, ...measuresOf(metric, preparation.axis, scenario) };
  const services = roles.map((role): Subject => {
    // What only the baseline had cannot grow in the candidate: shown, not judged.
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
  // Services that came or went are judged on the total too; otherwise every service already answers for itself.
  return [
    ...services,
    { ...shared, role: STACK_ROLE, services: all, judged: oneSided, ...replicatesOf(pairs, all, metric, preparation) },
  ];
}

/**
 * Descriptors, threads and sockets of every judged service that has them on record, but for the one that decides
 * anyway.
 */
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
 * Whether what is counted was read in some trials and not in others: then evidence was lost. What is never read often
 * enough, as sockets of a service that has thousands, is no evidence anywhere.
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
