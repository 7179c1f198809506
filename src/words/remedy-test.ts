import type { Remedy, RemedyOutcome, RemedyReason, RemedyTest } from '../results/index.js';
import { median } from '../statistics/numbers.js';
import { count, duration, memory, plural, significant } from './numbers.js';

/** `restart of waf`, `signal HUP to waf`, `command "nginx -s reload" in waf` */
export function remedyName({ kind, service, detail }: Remedy): string {
  if (kind === 'restart') return `restart of ${service}`;
  return kind === 'signal' ? `signal ${detail} to ${service}` : `command "${detail}" in ${service}`;
}

const OUTCOMES: Readonly<Record<RemedyOutcome, string>> = {
  holds: 'holds',
  'leaks-itself': 'leaks itself',
  'no-help': 'does not help',
  'not-shown': 'not shown',
};

/** The answer in two words, for a narrow column. */
export function remedyOutcomeWords(outcome: RemedyOutcome): string {
  return OUTCOMES[outcome];
}

/** The answer to the test of a remedy, in one or two sentences. */
export function remedySentence(test: RemedyTest): string {
  const { remedy, every, outcome, survive, limit, peak } = test;
  const name = `${remedyName(remedy)}, once every ${duration(every.meant)},`;
  if (outcome === 'holds' && remedy.kind === 'restart')
    return (
      `The ${name} holds: memory reaches about ${memory(peak ?? 0)} of ${memory(limit.bytes)}, ` +
      'and the test shows nothing that adds up from restart to restart.'
    );
  if (outcome === 'holds')
    return `The ${name} holds: memory stays below ${memory(limit.bytes)} for at least ${duration(survive)}.`;
  if (outcome === 'leaks-itself') return `The ${name} leaks itself: ${leakWords(test)}`;
  return `The ${name} ${outcome === 'no-help' ? 'does not help' : 'is not shown to hold'}.`;
}

function leakWords({ left, secondsToLimit: { estimate, earliest }, limit }: RemedyTest): string {
  const each = left === null ? '' : `each time leaves ${memory(left.value)} behind. `;
  if (estimate === null) return each.trim();
  const early = earliest === null || earliest >= estimate ? '' : ` (at the earliest ${duration(earliest)})`;
  return `${each}The limit of ${memory(limit.bytes)} is reached after ${duration(estimate)}${early}.`;
}

type FactsOf<Code extends RemedyReason['code']> = Extract<RemedyReason, { readonly code: Code }>['facts'];

const REASONS: { readonly [Code in RemedyReason['code']]: (facts: FactsOf<Code>) => string } = {
  'remedy-cut-off': ({ error }) => `The test ended early (${error}).`,
  'remedy-other-image': ({ service }) =>
    `${service} ran from another image in this test than in the candidate of the run, so its growth may differ. ` +
    'Run the scenario again, and test the remedy on that run.',
  'remedy-failed': ({ failed, of }) => `${failed} of ${plural(of, 'application')} did not succeed.`,
  'remedy-service-ended': ({ ends }) =>
    `The service ended, or ran out of memory, ${plural(ends, 'time')} when the remedy was not being applied.`,
  'remedy-too-few': ({ known, needed }) =>
    `The memory before and after an application is known ${plural(known, 'time')}; ${count(needed)} are needed. ` +
    'A longer --test-every gives more readings.',
  'remedy-old-processes': ({ settled, needed }) =>
    `After too many applications the processes from before still ran: they had ended in time ` +
    `${plural(settled, 'time')} (the first two do not count), and ${count(needed)} are needed. ` +
    'Choose a longer --test-every.',
  'remedy-no-growth': ({ climb, expected }) =>
    `Between two applications memory grew by ${memory(climb)}, less than half of what the run shows ` +
    `(${memory(expected)}). So there was nothing that the remedy could give back.`,
  'remedy-growth-unknown': () =>
    'What is built up between two applications is not known: no copy of the candidate without the remedy ran beside. ' +
    'It would reach its limit in a test of this length. Choose a shorter --for.',
  'remedy-no-help': ({ left, climb }) =>
    `Between two applications ${memory(climb)} were built up, and an application left ${memory(left)} behind. ` +
    'If this does not depend on the time between two applications, test with a longer --test-every.',
  'remedy-slows': ({ first, second }) =>
    `What each application leaves behind becomes less: ${memory(first)} in the first half of the test, ` +
    `${memory(second)} in the second. A longer test says if it stops: --for.`,
  'remedy-interval-too-long': ({ peak, limit }) =>
    `At this interval memory reaches ${memory(peak)}, and the limit is ${memory(limit)}. Choose a shorter --every.`,
  'remedy-unsteady': ({ upper, givenBack }) =>
    `The memory after restarts differs much: each may leave ${memory(upper)} behind, and gave back ` +
    `${memory(givenBack)}. A longer test is more precise: --for, or a longer --test-every.`,
  'remedy-imprecise': ({ seconds, wanted }) =>
    `By this test the limit may be reached after ${duration(seconds)}; wanted are ${duration(wanted)}. ` +
    'A longer test is more precise: --for, or a longer --test-every.',
};

/** Why a remedy is not shown to hold, and what to do. */
export function remedyReasonWords({ code, facts }: RemedyReason): string {
  // The table has for each code a function of its own facts, which the compiler cannot see here.
  return (REASONS[code] as (facts: RemedyReason['facts']) => string)(facts);
}

/** What each application did to memory. */
export function remedyMemoryWords({ climb, givenBack, left, applications, remedy }: RemedyTest): string {
  if (climb === null || givenBack === null)
    return `The remedy was applied ${plural(applications.length, 'time')}. Its effect on memory is not known.`;
  const leaves =
    left === null
      ? ''
      : ` Each application leaves ${memory(left.value)} behind ` +
        `(95 % interval ${memory(left.lower)} to ${memory(left.upper)}).`;
  return (
    `Of the ${memory(climb)} that ${remedy.service} built up between two applications, each gave back ` +
    `${memory(givenBack)} (${plural(applications.length, 'application')}).${leaves}`
  );
}

/** How the test differs from production. */
export function remedyScaleWords({ every, requestsBetween, remedy }: RemedyTest): string {
  const scale =
    `The remedy was applied every ${duration(every.tested)} (${count(requestsBetween.tested)} requests) in place of ` +
    `every ${duration(every.meant)} (${count(requestsBetween.meant)} requests).`;
  if (requestsBetween.meant <= requestsBetween.tested) return scale;
  return remedy.kind === 'restart'
    ? `${scale} After a restart all processes are new, so what one leaves behind should not depend on the interval.`
    : `${scale} What it leaves behind may grow with the requests between two applications. ` +
        'The earliest time to the limit allows for that.';
}

/** What the remedy costs: requests and time. */
export function remedyCostWords(test: RemedyTest): string {
  const { lost, applications, every, latency, rate } = test;
  if (lost === null) return 'What it costs is not known: the load did not end.';
  const each = lost / Math.max(1, applications.length);
  const ended =
    lost === 0
      ? 'It lost no request.'
      : `It lost ${plural(lost, 'request')}, ${significant(each)} each time: ` +
        `at ${significant(rate.meant)} requests/s about ${aDay(each * (rate.meant / rate.tested), every.meant)} a day.`;
  const slow =
    latency.with === null
      ? ''
      : ` Longest wait for an answer: ${significant(latency.with.max)} ms` +
        (latency.without === null ? '.' : ` (${significant(latency.without.max)} ms without the remedy).`);
  const alone = latency.without === null ? ' No copy without the remedy ran beside it.' : '';
  return `${ended}${slow}${alone}${downWords(test)}`;
}

/** How long the service was down each time; empty if it was not. */
function downWords({ applications, every, rate }: RemedyTest): string {
  const down = applications.length === 0 ? 0 : median(applications.map((one) => one.down));
  return down === 0
    ? ''
    : ` The container was down for ${significant(down, 2)} s each time (median). Requests that were due then were ` +
        'sent when it was up again. Clients that do not wait lose them: about ' +
        `${aDay(down * rate.meant, every.meant)} a day.`;
}

const aDay = (requests: number, every: number): string => count(Math.ceil((requests * 86_400) / every));

/** A level or a change of memory in a table; empty if not known. */
export function bytesOrNothing(bytes: number | null): string {
  return bytes === null ? '–' : memory(bytes);
}

/**
 * One application in a table: its number, after how many requests, memory before and after it, what it left (`old
 * processes` if these still ran, so that it is not known), requests lost, and how long it took or why it failed.
 */
export function applicationCells(one: RemedyTest['applications'][number]): string[] {
  return [
    String(one.number),
    count(one.sent),
    bytesOrNothing(one.before),
    bytesOrNothing(one.after),
    one.isUnsettled ? 'old processes' : bytesOrNothing(one.left),
    one.lost === null ? '–' : count(one.lost),
    one.failure === null ? duration(one.seconds) : one.failure.code,
  ];
}
