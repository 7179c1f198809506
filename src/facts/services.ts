import { PRIMARY_METRIC, STACK_ROLE, type Outcome } from '../model/index.js';
import type { Result, WordedService } from '../results/index.js';
import { metricName } from '../words/metrics.js';
import { roleName } from '../words/subject.js';

const URGENCY: Readonly<Record<Outcome, number>> = { fail: 0, invalid: 1, inconclusive: 2, pass: 3 };

/** The distance of the difference from the margin, in margins. Services without a difference come last. */
function closeness(service: WordedService): number {
  if (service.difference === null) return Number.NEGATIVE_INFINITY;
  return (service.difference.value - service.margin) / Math.max(Math.abs(service.margin), Number.EPSILON);
}

function compare(a: WordedService, b: WordedService): number {
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

/**
 * Judged before unjudged, failing first, single services before their sum, the nearest to the margin first. If the
 * comparison is not valid, no service has a verdict.
 */
export function sortedServices({ verdict: { outcome, assessment } }: Result): readonly WordedService[] {
  const sorted = [...assessment.services].sort(compare);
  return outcome === 'invalid' ? sorted.map(withoutVerdict) : sorted;
}

function withoutVerdict(service: WordedService): WordedService {
  const sentence = `${assessmentName(service)} was not judged, because the comparison is not valid.`;
  return { ...service, outcome: 'invalid', shape: 'unclear', guards: [], sentence };
}

/** The service whose numbers are at the top of every report; null if nothing was judged. */
export function decisiveService(result: Result): WordedService | null {
  return sortedServices(result).find((service) => service.judged) ?? null;
}

/** Name of an assessment: the role, and the metric if it is not the primary one. */
export function assessmentName(service: WordedService): string {
  const name = roleName(service.role);
  return service.metric === PRIMARY_METRIC ? name : `${name}, ${metricName(service.metric)}`;
}
