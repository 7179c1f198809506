import type { GatedSubject, Pairing } from '../evidence/index.js';
import type { FindingKind, TrafficSettings } from '../model/index.js';
import type { Guard, SeriesFault } from '../results/index.js';
import type { Measured } from './service-assessment.js';

/**
 * Takes a PASS back if a replicate that began was not measured to its end: what the others show says nothing about it,
 * for example about the growth of a candidate that died. A pair that was set aside because the host was busy ran late
 * on both versions, and may be left out. A FAIL stands.
 */
export function withoutPartialPass(
  service: Measured,
  { subject: { missing: unusable, replicates } }: GatedSubject,
  { leftOut }: Pairing,
): Measured {
  if (service.outcome !== 'pass' || !service.judged) return service;
  const missing = [...unusable, ...replicates.flatMap(({ endsEarly }) => endsEarly)];
  const unfinished = leftOut.filter(({ trials }) => trials.some(({ setAside }) => setAside === undefined));
  if (missing.length === 0 && unfinished.length === 0) return service;
  const guard: Guard = { name: 'PARTIAL', code: 'partly-measured', facts: { missing, unfinished } };
  return { ...service, outcome: 'inconclusive', shape: 'unclear', guards: [guard, ...service.guards] };
}

/** Faults of readings that are not there. Other faults of an idle phase, such as memory that falls, are read. */
const UNREAD: readonly SeriesFault['code'][] = [
  'no-window',
  'not-measured',
  'container-not-measured',
  'few-readings',
  'short-coverage',
  'no-time',
  'no-living-process',
  'ends-early',
];

/**
 * Takes a PASS back if the idle phase of a trial was planned long enough to show growth with time, and was not read:
 * memory may have grown in it.
 * @param idle the service's memory in the idle phases
 */
export function withoutUnreadIdle(
  service: Measured,
  { subject: { missing: unusable, replicates } }: GatedSubject,
): Measured {
  if (service.outcome !== 'pass') return service;
  const faults = [...unusable, ...replicates.flatMap(({ endsEarly }) => endsEarly)];
  const missing = faults
    .filter(({ fault }) => UNREAD.includes(fault.code))
    // The sentence speaks of the idle phase. It is this that was not recorded, not the window under load.
    .map((one) =>
      one.fault.code === 'no-window' ? { ...one, fault: { code: 'not-measured', facts: {} } as const } : one,
    );
  if (missing.length === 0) return service;
  const guard: Guard = { name: 'PARTIAL', code: 'idle-not-measured', facts: { missing } };
  return { ...service, outcome: 'inconclusive', shape: 'unclear', guards: [guard, ...service.guards] };
}

/** Takes a PASS back if findings that would fail the run could not be looked for. */
export function withoutUnknownUsage(service: Measured, findings: readonly FindingKind[]): Measured {
  if (service.outcome !== 'pass' || findings.length === 0) return service;
  const guard: Guard = { name: 'PARTIAL', code: 'usage-not-measured', facts: { findings } };
  return { ...service, outcome: 'inconclusive', shape: 'unclear', guards: [guard, ...service.guards] };
}

/**
 * Takes a PASS back if the window had no request that was not sent before: then nothing is known of memory that grows
 * with new ones.
 */
export function withoutRepeatedPass(service: Measured, { repeat }: TrafficSettings): Measured {
  if (service.outcome !== 'pass' || !service.judged || repeat === undefined) return service;
  const guard: Guard = { name: 'REPEATED', code: 'requests-repeated', facts: { requests: repeat } };
  return { ...service, outcome: 'inconclusive', guards: [guard, ...service.guards] };
}
