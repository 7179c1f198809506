import { PRIMARY_METRIC, STACK_ROLE, type Outcome, type Result, type ToldService } from '../../model/index.js';
import { metricName } from '../text/outcome.js';

const URGENCY: Readonly<Record<Outcome, number>> = { fail: 0, invalid: 1, inconclusive: 2, pass: 3 };

/** How far the difference stands from the margin, in margins; services without a difference come last. */
function closeness(service: ToldService): number {
  if (service.difference === null) return Number.NEGATIVE_INFINITY;
  return (service.difference.value - service.margin) / Math.max(Math.abs(service.margin), Number.EPSILON);
}

function compare(a: ToldService, b: ToldService): number {
  const byNearness = closeness(b) - closeness(a);
  return (
    Number(b.judged) - Number(a.judged) ||
    URGENCY[a.outcome] - URGENCY[b.outcome] ||
    Number(a.role === STACK_ROLE) - Number(b.role === STACK_ROLE) ||
    (Number.isNaN(byNearness) ? 0 : byNearness) ||
    (a.role < b.role ? -1 : Number(a.role > b.role)) ||
    (a.metric < b.metric ? -1 : Number(a.metric > b.metric))
  );
}

/** Judged before unjudged, failing first, single services before their sum, the nearest to the margin first. */
export function sortedServices(result: Result): readonly ToldService[] {
  return [...result.verdict.assessment.services].sort(compare);
}

/** The service whose numbers stand at the top of every report; null where nothing was judged. */
export function decisiveService(result: Result): ToldService | null {
  return sortedServices(result).find((service) => service.judged) ?? null;
}

/** Name of a role for people. */
export function roleName(role: string): string {
  return role === STACK_ROLE ? 'whole stack' : role;
}

/** Name of an assessment: the role, and the metric where it is not the one everything else is judged by. */
export function assessmentName(service: ToldService): string {
  const name = roleName(service.role);
  return service.metric === PRIMARY_METRIC ? name : `${name}, ${metricName(service.metric)}`;
}
