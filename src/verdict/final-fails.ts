import { STACK_ROLE, type Outcome } from '../model/index.js';
import type { ConfirmationStatus, Guard } from '../results/index.js';
import type { Confirmation, Confirmations } from './confirmation.js';
import type { Measured } from './service-assessment.js';

/**
 * Takes back each FAIL that is not final: a longer pair has not confirmed it yet, could not measure it, or did not
 * reproduce it. The total of a stack has no verdict of its own if its services are judged: it has theirs.
 */
export function onlyFinalFails(services: readonly Measured[], confirmations: Confirmations): Measured[] {
  const parts = services.map((service) => withConfirmation(service, confirmations.get(service.role)));
  const judged = parts.filter((service) => service.judged && service.role !== STACK_ROLE);
  return parts.map((service) =>
    service.role === STACK_ROLE && !service.judged ? { ...service, outcome: worstOf(judged) } : service,
  );
}

function worstOf(services: readonly Measured[]): Outcome {
  if (services.some(({ outcome }) => outcome === 'fail')) return 'fail';
  return services.length > 0 && services.every(({ outcome }) => outcome === 'pass') ? 'pass' : 'inconclusive';
}

function withConfirmation(service: Measured, confirmation: Confirmation | undefined): Measured {
  if (confirmation === undefined || service.outcome !== 'fail' || !service.judged) return service;
  const { status, shown } = confirmation;
  const judged = { ...service, confirmationStatus: status, confirmation: shown };
  if (FINAL.includes(status)) return judged;
  const guard = guardOf(confirmation, service.unit);
  const guards = guard === null ? service.guards : [...service.guards, guard];
  return { ...judged, outcome: 'inconclusive', shape: 'unclear', guards };
}

/** States with which a FAIL stands. */
const FINAL: readonly ConfirmationStatus[] = ['unneeded', 'confirmed', 'live-heap-grows'];

function guardOf({ status, against, live }: Confirmation, unit: string): Guard | null {
  if (status === 'wanted') return null;
  if (status === 'live-heap-unread') return { name: 'NOT-MEASURED', code: 'live-heap-unread', facts: {} };
  if (live !== undefined) {
    const { whole, firstHalf, secondHalf } = live;
    return { name: 'NOT-CONFIRMED', code: 'live-heap-differs', facts: { unit, live: whole, firstHalf, secondHalf } };
  }
  return against === null
    ? { name: 'NOT-MEASURED', code: 'not-measured-longer', facts: {} }
    : { name: 'NOT-CONFIRMED', code: 'not-confirmed', facts: { unit, shown: against } };
}
