import type { Outcome, ServiceAssessment } from '../model/index.js';
import { growth } from '../words/growth.js';
import type { Confirmation, Confirmations } from './confirmation.js';
import { STACK_ROLE } from './subjects.js';

/**
 * Takes back each FAIL that is not final: one that a longer pair has yet to confirm, could not measure, or did not
 * reproduce. The total of a stack whose services answer for themselves has no verdict of its own: it has theirs.
 */
export function onlyFinalFails(
  services: readonly ServiceAssessment[],
  confirmations: Confirmations,
): ServiceAssessment[] {
  const parts = services.map((service) => withConfirmation(service, confirmations.get(service.role)));
  const judged = parts.filter((service) => service.judged && service.role !== STACK_ROLE);
  return parts.map((service) =>
    service.role === STACK_ROLE && !service.judged ? { ...service, outcome: worstOf(judged) } : service,
  );
}

function worstOf(services: readonly ServiceAssessment[]): Outcome {
  if (services.some(({ outcome }) => outcome === 'fail')) return 'fail';
  return services.length > 0 && services.every(({ outcome }) => outcome === 'pass') ? 'pass' : 'inconclusive';
}

const NOT_MEASURED = {
  name: 'NOT-MEASURED',
  detail: 'the longer confirmation pair has no usable readings of it',
} as const;

function withConfirmation(service: ServiceAssessment, confirmation: Confirmation | undefined): ServiceAssessment {
  if (confirmation === undefined || service.outcome !== 'fail' || !service.judged) return service;
  const { status, shown, against } = confirmation;
  const told = { ...service, confirmationStatus: status, confirmation: shown };
  if (status === 'unneeded' || status === 'confirmed') return told;
  const open = { ...told, outcome: 'inconclusive', shape: 'unclear' } as const;
  if (status === 'wanted') return { ...open, sentence: but(service, 'a longer fresh pair has yet to confirm it') };
  const guard =
    against === null
      ? NOT_MEASURED
      : {
          name: 'NOT-CONFIRMED',
          detail: `the longer confirmation pair shows only ${growth(against, service.unit)} more`,
        };
  return { ...open, guards: [...service.guards, guard], sentence: but(service, guard.detail) };
}

function but({ sentence }: ServiceAssessment, what: string): string {
  return `${sentence.replace(/\.$/, '')}; but ${what}.`;
}
