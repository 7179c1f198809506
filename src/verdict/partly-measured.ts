import type { GatedSubject, Pairing } from '../evidence/index.js';
import type { Guard } from '../results/index.js';
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
