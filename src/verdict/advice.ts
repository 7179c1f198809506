import type { Assessment, Outcome, ServiceAssessment } from '../model/index.js';
import { tUpperQuantile } from '../statistics/student-t.js';
import { FEWEST_REQUESTS } from './options.js';
import { count, duration, growthWords, plural } from './words.js';

/** What would settle an inconclusive verdict, or what to do next. */
export function adviceFor(outcome: Outcome, assessment: Assessment): string | null {
  if (outcome === 'inconclusive') return openAdvice(assessment);
  if (outcome === 'invalid') return 'Put right what made the comparison void, and run it again: nothing measured here counts.';
  if (outcome === 'fail') return 'Do not roll the candidate out before the growth is explained; the series show where it begins.';
  return null;
}

function openAdvice(assessment: Assessment): string {
  if (assessment.confirmation === 'wanted') return 'Run the confirmation pair (one longer fresh pair), or set gate.confirm to "never" to do without.';
  if (assessment.confirmation === 'unusable') return 'Run again: the confirmation pair was not usable.';
  const open = assessment.services.filter(({ judged, outcome }) => judged && outcome === 'inconclusive');
  const guards = open.flatMap((service) => service.guards.map((guard) => ({ service, guard })));
  const advice = guards.map(({ service, guard }) => forGuard(guard.name, service)).find((text) => text !== null) ?? null;
  const more = moreReplicates(assessment, open);
  return [advice, more].filter((text) => text !== null).join(' ') || `At least 3 replicates with ${count(FEWEST_REQUESTS)} requests and more in each window are needed.`;
}

function windowRequests({ replicates }: ServiceAssessment): number {
  return Math.max(0, ...replicates.map(({ requests }) => requests));
}

function forGuard(name: string, service: ServiceAssessment): string | null {
  const requests = windowRequests(service);
  const perSecond = service.unit.endsWith('/s');
  const span = (times: number): string => `${count(Math.ceil((times * requests) / 100) * 100)} ${perSecond ? 'seconds' : 'requests'}`;
  if (name === 'FILL') return `A warm-up of ${span(2)} (so that what fills is full), or a window of ${span(3)}, would tell a cache from a leak.`;
  if (name === 'LATE') return `A window of ${span(2)} would show whether the late growth goes on.`;
  if (name === 'STEP') return `Find out what happens at the step (a reload, a large request); a warm-up that includes it, or a window of ${span(3)}, would settle it.`;
  if (name === 'NOT-CONFIRMED') return `Growth that slows down in a longer window is a cache or a slow collector: use windows of ${span(3)}.`;
  return null;
}

function moreReplicates({ nextLook, replicates }: Assessment, open: readonly ServiceAssessment[]): string | null {
  if (nextLook !== null) return `${plural(nextLook.replicates, 'more replicate')}, about ${duration(nextLook.seconds)}.`;
  if (replicates < 2) return 'At least 2 replicates are needed, and 3 to decide anything but overwhelming evidence.';
  const needs = open.map(replicatesNeeded).filter((need) => need !== null);
  if (needs.length === 0 || needs.length < open.length) {
    const bound = open.find(({ floor }) => floor?.active);
    return bound?.floor ? `A longer window: the least spread it allows now is ${growthWords(bound.floor.value, bound.unit)}, which falls as the window grows.` : 'The difference is too near the margin, or too scattered, for more replicates alone: use longer windows.';
  }
  return `About ${plural(Math.max(...needs) - replicates, 'more replicate')} of the same length would settle it if they scatter like these.`;
}

/** Replicates at which a service's interval would clear the margin, were mean and spread to stay; null beyond 30. */
function replicatesNeeded({ difference, margin, standardDeviation, floor, replicates }: ServiceAssessment): number | null {
  if (difference === null || standardDeviation === null || floor === null) return null;
  const deviation = Math.max(standardDeviation, floor.value);
  const alpha = difference.value < margin ? 0.025 : 0.005;
  for (let need = replicates.length + 1; need <= 30; need += 1) {
    if ((tUpperQuantile(alpha, need - 1) * deviation) / Math.sqrt(need) < Math.abs(difference.value - margin)) return need;
  }
  return null;
}
