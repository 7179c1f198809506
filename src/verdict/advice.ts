import type { Outcome } from '../model/index.js';
import type { AdviceStatement, Assessment, GuardName, Length, ServiceAssessment } from '../results/index.js';
import { CONFIRMATION_WINDOWS, ENOUGH_PERIODS, FEWEST_REQUESTS, IDLE_REST_SECONDS } from '../statistics/method.js';
import { MOST_REPLICATES, replicatesNeeded, windowFactor, type SpentAlpha } from './outlook.js';

/** A window that is longer than this by its factor is not recommended. */
const LONGEST_FACTOR = 10;
/** Nor is an idle phase that is longer than this. */
const LONGEST_IDLE_SECONDS = 600;
/** The growth may be measured a little smaller the next time. */
const IDLE_SURPLUS = 1.25;

/** What would decide an inconclusive verdict, or what to do next. */
export function adviceFor(outcome: Outcome, assessment: Assessment): readonly AdviceStatement[] {
  if (outcome === 'inconclusive') return openAdvice(assessment);
  if (outcome === 'invalid') return [{ code: 'repair-and-rerun', facts: {} }];
  if (outcome === 'pass') return passAdvice(assessment);
  const grows = assessment.services.some(({ judged, outcome: own }) => judged && own === 'fail');
  return [{ code: 'do-not-deploy', facts: { because: grows ? 'growth' : 'finding' } }];
}

/** The largest gain of a service that passes because its growth has stopped. */
function passAdvice({ services }: Assessment): readonly AdviceStatement[] {
  const gains = services.flatMap(({ said }) => {
    if (said.code !== 'growth-settled') return [];
    const { role, metric, unit, settled } = said.facts;
    return [{ role, metric, unit, gained: settled.facts.gained }];
  });
  const [facts] = gains.sort((a, b) => b.gained - a.gained);
  return facts === undefined ? [] : [{ code: 'accept-gain', facts }];
}

function openAdvice(assessment: Assessment): readonly AdviceStatement[] {
  const seconds = confirmationSeconds(assessment);
  if (assessment.confirmation === 'wanted') return [{ code: 'run-confirmation', facts: { seconds } }];
  if (assessment.confirmation === 'unmeasured') return [{ code: 'repeat-confirmation', facts: { seconds } }];
  const open = assessment.services.filter(({ judged, outcome }) => judged && outcome === 'inconclusive');
  if (open.length > 0 && open.every(partlyMeasured)) return [{ code: 'measure-all', facts: {} }];
  const shapes = open.flatMap((service) => service.guards.flatMap(({ name }) => FOR_SHAPE[name]?.(service) ?? []));
  const shape = shapes.slice(0, 1);
  return [...shape, ...outlook(assessment, open, shape.length > 0)];
}

/** Whether nothing keeps this service from a PASS but replicates that were not measured. More of them do not help. */
function partlyMeasured({ guards }: ServiceAssessment): boolean {
  return guards.some(({ name }) => name === 'PARTIAL');
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

/** A multiple of this service's windows. */
function windows(times: number, service: ServiceAssessment): Length {
  const { x, seconds } = windowOf(service);
  return {
    requests: service.unit.endsWith('/s') ? null : Math.ceil((times * x) / 100) * 100,
    seconds: times * seconds,
    ratePerSecond: x / Math.max(seconds, 1),
  };
}

/** The advice for each shape. A shape that is missing here has no advice of its own. */
const FOR_SHAPE: Readonly<Partial<Record<GuardName, (service: ServiceAssessment) => AdviceStatement[]>>> = {
  FILL: (one) => [{ code: 'warm-up-or-longer', facts: { warmup: windows(2, one), window: windows(3, one) } }],
  MASKED: (one) => [{ code: 'after-release', facts: { warmup: untilReleased(one), window: windows(3, one) } }],
  'BASELINE-FALLS': (one) => [{ code: 'after-release', facts: { warmup: windows(2, one), window: windows(3, one) } }],
  COARSE: forCoarse,
  FEW: forFew,
  LATE: (one) => [{ code: 'longer-for-late-growth', facts: { window: windows(2, one) } }],
  STEP: (one) => [{ code: 'explain-step', facts: { window: windows(3, one) } }],
  'NOT-CONFIRMED': forNotConfirmed,
  'NOT-MEASURED': forNotConfirmed,
  REPEATED: () => [{ code: 'new-requests', facts: {} }],
  'FELL-BACK': (one) => [{ code: 'longer-for-collector', facts: { window: windows(3, one) } }],
  SAWTOOTH: forSawtooth,
  TIME: forTime,
};

/** What a longer pair did not confirm needs longer windows. What the live heap did not confirm needs a longer pair. */
function forNotConfirmed(service: ServiceAssessment): AdviceStatement[] {
  const codes = service.guards.map(({ code }) => code);
  if (codes.includes('not-confirmed'))
    return [{ code: 'longer-for-slowing-growth', facts: { window: windows(3, service) } }];
  return codes.includes('not-measured-longer') ? [] : [{ code: 'longer-preset', facts: {} }];
}

/** A warm-up until the memory that is given back hides no more than the margin. */
function untilReleased(service: ServiceAssessment): Length {
  const masked = service.guards.find((guard) => guard.code === 'masked');
  const { x } = windowOf(service);
  const over = masked?.facts.over?.x ?? x;
  return windows(1 + over / Math.max(x, 1), service);
}

function forCoarse(service: ServiceAssessment): AdviceStatement[] {
  const coarse = service.guards.find((guard) => guard.code === 'coarse');
  if (coarse === undefined) return [];
  const times = coarse.facts.needed.x / Math.max(windowOf(service).x, 1);
  return [{ code: 'finer-readings', facts: { window: windows(times, service) } }];
}

function forFew(service: ServiceAssessment): AdviceStatement[] {
  const few = service.guards.find((guard) => guard.code === 'few');
  if (few === undefined) return [];
  const times = few.facts.needed.x / Math.max(windowOf(service).x, 1);
  return [{ code: 'more-readings', facts: { window: windows(times, service) } }];
}

/** The idle phase that would decide if the bounds come nearer in proportion to its length; at least twice as long. */
function forTime({ time }: ServiceAssessment): AdviceStatement[] {
  if (time === undefined) return [];
  const { seconds, bounds, difference, margin } = time;
  const { value } = difference;
  const width = value > margin ? value - bounds.lower : bounds.upper - value;
  const times = Math.max(2, (IDLE_SURPLUS * width) / Math.abs(margin - value));
  const whole = Math.min(LONGEST_IDLE_SECONDS, IDLE_REST_SECONDS + times * seconds);
  return [{ code: 'longer-idle', facts: { seconds: Math.ceil(whole / 10) * 10 } }];
}

function forSawtooth(service: ServiceAssessment): AdviceStatement[] {
  const { sawtooth } = service;
  if (sawtooth === null || sawtooth.enough) return [];
  const times = (ENOUGH_PERIODS * sawtooth.period.seconds) / Math.max(windowOf(service).seconds, 1);
  return [{ code: 'longer-for-sawtooth', facts: { window: windows(times, service), falls: ENOUGH_PERIODS } }];
}

/**
 * More replicates, longer windows or a higher rate, with numbers: from the plan, or from the spread so far if the plan
 * has ended.
 */
function outlook(
  { nextLook, replicates, replicateSeconds, alpha, look }: Assessment,
  open: readonly ServiceAssessment[],
  shaped: boolean,
): readonly AdviceStatement[] {
  if (nextLook !== null) return [{ code: 'continue-as-planned', facts: nextLook }];
  const measured = open.filter(({ difference, replicates: rows }) => difference !== null && rows.length >= 2);
  if (replicates < 2 || measured.length === 0) {
    const missing = Math.max(1, 3 - replicates);
    const facts = { replicates: missing, seconds: missing * replicateSeconds, requestsEach: FEWEST_REQUESTS };
    return [{ code: 'too-few-replicates', facts }];
  }
  if (shaped) return [];
  const spent = { fail: alpha.fail * look.weight, pass: alpha.pass * look.weight };
  const ways = [...moreReplicates(measured, replicates, replicateSeconds, spent), ...longerWindows(measured, spent)];
  return ways.length > 0 ? ways : nearMargin(measured);
}

function moreReplicates(
  open: readonly ServiceAssessment[],
  replicates: number,
  secondsEach: number,
  alphas: SpentAlpha,
): AdviceStatement[] {
  const needs = open.map((service) => replicatesNeeded(service, alphas));
  if (needs.includes(null)) return [];
  const more = Math.max(1, ...needs.map((need) => (need ?? 0) - replicates));
  return [{ code: 'more-replicates', facts: { replicates: more, seconds: more * secondsEach } }];
}

function longerWindows(open: readonly ServiceAssessment[], alphas: SpentAlpha): AdviceStatement[] {
  const [slowest] = open
    .map((service) => ({ service, factor: windowFactor(service, alphas) }))
    .sort((a, b) => b.factor - a.factor);
  if (slowest === undefined || !(slowest.factor <= LONGEST_FACTOR)) return [];
  const { service, factor } = slowest;
  const { unit, floor } = service;
  const { x, seconds } = windowOf(service);
  const facts = {
    window: windows(factor, service),
    higherRate: unit.endsWith('/s') ? null : (factor * x) / Math.max(seconds, 1),
    floor: floor?.active ? floor.value : null,
    unit,
  };
  return [{ code: 'longer-windows', facts }];
}

function nearMargin([first]: readonly ServiceAssessment[]): AdviceStatement[] {
  if (first === undefined || first.difference === null) return [];
  const { unit } = first;
  const facts = {
    difference: first.difference.value,
    unit,
    mostReplicates: MOST_REPLICATES,
    longestFactor: LONGEST_FACTOR,
  };
  return [{ code: 'near-margin', facts }];
}
