import type { Assessment, Outcome, ServiceAssessment } from '../model/index.js';
import { growth } from '../words/growth.js';
import { count, duration, plural, significant } from '../words/numbers.js';
import { FEWEST_REQUESTS } from './options.js';
import { replicatesNeeded, windowFactor } from './outlook.js';

/** A confirmation pair is this many windows long (docs/method.md, step 7). */
const CONFIRMATION_WINDOWS = 3;
/** A window that would have to be longer by more than this is no advice. */
const LONGEST_FACTOR = 10;

/** What would settle an inconclusive verdict, or what to do next. */
export function adviceFor(outcome: Outcome, assessment: Assessment): string | null {
  if (outcome === 'inconclusive') return openAdvice(assessment);
  if (outcome === 'invalid')
    return 'Put right what made the comparison void, and run it again: nothing measured here counts.';
  if (outcome === 'fail')
    return 'Do not roll the candidate out before the growth is explained; the series show where it begins.';
  return null;
}

function openAdvice(assessment: Assessment): string {
  const pair = `one longer fresh pair, about ${duration(confirmationSeconds(assessment))}`;
  if (assessment.confirmation === 'wanted')
    return `Run the confirmation pair (${pair}), or set gate.confirm to "never" to do without.`;
  if (assessment.confirmation === 'unmeasured') return `Run again: the confirmation pair (${pair}) was not usable.`;
  const open = assessment.services.filter(({ judged, outcome }) => judged && outcome === 'inconclusive');
  const shape =
    open
      .flatMap((service) => service.guards.map(({ name }) => forShape(name, service)))
      .find((text) => text !== null) ?? null;
  return [shape, ...outlook(assessment, open, shape !== null)].filter((text) => text !== null).join(' ');
}

function windowOf({ replicates }: ServiceAssessment): { readonly x: number; readonly seconds: number } {
  const [longest] = [...replicates].sort((a, b) => b.seconds - a.seconds);
  return { x: longest?.requests ?? 0, seconds: longest?.seconds ?? 0 };
}

function confirmationSeconds({ services, replicateSeconds }: Assessment): number {
  return (
    replicateSeconds + (CONFIRMATION_WINDOWS - 1) * Math.max(0, ...services.map((service) => windowOf(service).seconds))
  );
}

/** `26,000 requests (4.4 minutes at 100 requests/s)`: so many of this service's windows. */
function windows(times: number, service: ServiceAssessment): string {
  const { x, seconds } = windowOf(service);
  const length = duration(times * seconds);
  if (service.unit.endsWith('/s')) return length;
  const requests = Math.ceil((times * x) / 100) * 100;
  return `${count(requests)} requests (${length} at ${significant(x / Math.max(seconds, 1), 2)} requests/s)`;
}

function forShape(name: string, service: ServiceAssessment): string | null {
  if (name === 'FILL')
    return `A warm-up of ${windows(2, service)}, so that what fills is full, or a window of ${windows(3, service)}, would tell a cache from a leak.`;
  if (name === 'LATE') return `A window of ${windows(2, service)} would show whether the late growth goes on.`;
  if (name === 'STEP')
    return `Find out what happens at the step (a reload, a large request); a warm-up that includes it, or a window of ${windows(3, service)}, would settle it.`;
  if (name === 'NOT-CONFIRMED')
    return `Growth that slows down in a longer window is a cache or a slow collector: use windows of ${windows(3, service)}.`;
  if (name === 'FELL-BACK')
    return `Windows of ${windows(3, service)} would tell a slow collector from a leak; so does the longer pair of a run whose gate.confirm is not "never".`;
  if (name === 'SAWTOOTH' && service.sawtooth !== null && !service.sawtooth.enough) {
    return `A window that holds six falls of this sawtooth, about ${windows((6 * service.sawtooth.period.seconds) / Math.max(windowOf(service).seconds, 1), service)}, can be judged.`;
  }
  return null;
}

/**
 * More replicates, longer windows, a higher rate: with numbers, from the plan or, where it is used up, from the spread
 * so far.
 */
function outlook(
  { nextLook, replicates, replicateSeconds }: Assessment,
  open: readonly ServiceAssessment[],
  shaped: boolean,
): readonly (string | null)[] {
  if (nextLook !== null)
    return [`${plural(nextLook.replicates, 'more replicate')}, about ${duration(nextLook.seconds)}.`];
  const measured = open.filter(({ difference, replicates: rows }) => difference !== null && rows.length >= 2);
  if (replicates < 2 || measured.length === 0) {
    const missing = Math.max(1, 3 - replicates);
    return [
      `At least 2 replicates are needed, and 3 to decide anything but overwhelming evidence, with ${count(FEWEST_REQUESTS)} requests and more in each window: ${missing} more, about ${duration(missing * replicateSeconds)}.`,
    ];
  }
  if (shaped) return [];
  const ways = [...moreReplicates(measured, replicates, replicateSeconds), ...longerWindows(measured)];
  return ways.length > 0 ? ways : [nearMargin(measured)];
}

function moreReplicates(open: readonly ServiceAssessment[], replicates: number, secondsEach: number): string[] {
  const needs = open.map(replicatesNeeded);
  if (needs.includes(null)) return [];
  const more = Math.max(1, ...needs.map((need) => (need ?? 0) - replicates));
  return [
    `About ${plural(more, 'more replicate')} of the same length, ${duration(more * secondsEach)}, would settle it if they differ like these.`,
  ];
}

function longerWindows(open: readonly ServiceAssessment[]): string[] {
  const [slowest] = open
    .map((service) => ({ service, factor: windowFactor(service) }))
    .sort((a, b) => b.factor - a.factor);
  if (slowest === undefined || !(slowest.factor <= LONGEST_FACTOR)) return [];
  const { service, factor } = slowest;
  const rate = service.unit.endsWith('/s')
    ? ''
    : `, or as many in less time at a higher rate (${significant((factor * windowOf(service).x) / Math.max(windowOf(service).seconds, 1), 2)} requests/s in the same time)`;
  const floor = service.floor?.active
    ? `: the least spread a window of this length allows is ${growth(service.floor.value, service.unit)}, and it falls as the window grows`
    : '';
  return [`Windows of about ${windows(factor, service)}${rate} would probably do${floor}.`];
}

function nearMargin([first]: readonly ServiceAssessment[]): string {
  if (first?.difference === null || first === undefined) return '';
  return `The difference is so near the margin that neither 30 replicates nor windows ${LONGEST_FACTOR} times as long would settle it: decide whether ${growth(first.difference.value, first.unit)} more is acceptable, and state the margin accordingly.`;
}
