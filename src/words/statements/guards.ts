import type { GuardFacts, GuardStatement } from '../../results/statement/index.js';
import { amount, growth } from '../growth.js';
import { count, duration, list, percent, plural } from '../numbers.js';
import { gainWords, level, stretch } from '../subject.js';
import type { Sentences } from './sentences.js';
import { leftOutWords, missingWords } from './series-faults.js';

/** What the shape of the growth says. */
export const GUARDS: Sentences<GuardFacts> = {
  step: ({ unit, steps, height, beside, action }) => {
    const what =
      steps === 1
        ? `One step of about ${gainWords(height, unit)} explains the growth.`
        : `Two steps of about ${gainWords(height, unit)} together explain the growth.`;
    const rest = `Without ${steps === 1 ? 'the step' : 'them'} it is ${growth(beside, unit)}.`;
    const which = steps === 1 ? 'The step' : 'The first of them';
    const when =
      action === null
        ? ''
        : ` ${which} comes with the action "${action.name}" after ${count(action.requests)} requests.`;
    return `${what} ${rest}${when}`;
  },
  fill: ({ unit, metric, firstHalf, secondHalf, amplitude, remaining, plateau, nearlyFullAt, atLeast }) => {
    const about = atLeast ? 'at least' : 'about';
    const slowing = `The growth slows down: ${growth(firstHalf, unit)} in the first half of the window`;
    const to = plateau === null ? '' : ` It would fill up to ${about} ${level(plateau, metric)}.`;
    const coming = `${gainWords(remaining, unit)} still to come`;
    const more = `${gainWords(amplitude, unit)} more than at the start of the window; ${coming}`;
    const when = stretch(nearlyFullAt.x, nearlyFullAt.seconds, unit);
    return (
      `${slowing}, ${growth(secondHalf, unit)} in the second. That looks like a cache that fills.${to} ` +
      `That is ${about} ${more}. ` +
      `It is 95 % full ${atLeast ? 'no sooner than' : 'about'} ${when} after the start of the window.`
    );
  },
  slowing: ({ unit, firstHalf, secondHalf }) =>
    `The growth slows down: ${growth(firstHalf, unit)} in the first half of the window, ` +
    `${growth(secondHalf, unit)} in the second. ` +
    'The window is too short to tell a leak from growth that becomes slower and slower.',
  stopped: ({ unit, parts, before, after }) =>
    `The growth stops before the window ends: ${growth(before, unit)} until then, ` +
    `${growth(after, unit)} in the last ${percent(1 / parts)}. That looks like a cache that is full.`,
  'fell-back': ({ unit, height, gained: gain }) =>
    'This may be a garbage collector that is slower than the window. ' +
    `Since the load began, the candidate fell back by ${gainWords(height, unit)}; ` +
    `over the window it grew by ${gainWords(gain, unit)}. Only a longer pair could show this, and none was run.`,
  'baseline-falls': ({ unit, baseline, candidate, candidateLower, margin }) =>
    `The difference comes from the baseline, which gives memory back (${growth(baseline, unit)}). ` +
    `The candidate itself grows by ${growth(candidate, unit)}. It surely grows by more than ` +
    `${growth(candidateLower, unit)}, but this is not above the margin of ${growth(margin, unit)}.`,
  late: ({ unit, parts, end, whole, upTo }) =>
    `In the last ${parts === 3 ? 'third' : percent(1 / parts)} of the window it grows by ${growth(end, unit)}, ` +
    `over the whole window by ${growth(whole, unit)}.` +
    (upTo === null ? '' : ` A part this short cannot exclude a leak of up to ${growth(upTo, unit)} that begins late.`),
  masked: ({ unit, first, last, upper, over }) => {
    const release =
      `During the window memory is given back: ${growth(first, unit)} in the first third, ` +
      `${growth(last, unit)} in the last. That may hide growth`;
    const left = upper === null ? ', but it is not known how much.' : ` of up to ${growth(upper, unit)}.`;
    const when =
      over === null || over.x === 0
        ? ''
        : ` About ${stretch(over.x, over.seconds, unit)} after the window, less than the margin is given back.`;
    return `${release}${left}${when}`;
  },
  'masked-by-drop': ({ unit, height, beside, upper }) =>
    `During the window the difference fell by ${gainWords(height, unit)} at once: ` +
    'the candidate gave memory back, or the baseline took some. ' +
    `Before and after that, it grows by about ${growth(beside, unit)}, perhaps by up to ${growth(upper, unit)}. ` +
    'The fall hides this growth.',
  coarse: ({ unit, metric, resolution, margin, needed }) =>
    `The readings are rounded to ${level(resolution, metric)}. In a window this short, a leak as large as the margin ` +
    `(${growth(margin, unit)}) may not be visible: at least ${stretch(needed.x, needed.seconds, unit)} are needed.`,
  few: ({ unit, readings, needed }) =>
    `The window has only ${plural(readings, 'reading')}. So few do not show if growth is steady, late or stops: ` +
    `at the same pace at least ${stretch(needed.x, needed.seconds, unit)} are needed for a PASS.`,
  settled: ({ unit, gained: gain, firstHalf, secondHalf, secondHalfBelow }) =>
    `The candidate gained ${gainWords(gain, unit)} more than the baseline, and has stopped growing: ` +
    `${growth(firstHalf, unit)} in the first half of the window, ${growth(secondHalf, unit)} in the second ` +
    `(surely less than ${amount(secondHalfBelow, unit)}).`,
  sawtooth: ({ arm, unit, metric, height, floor, teeth, period, enough, needed }) => {
    const what = metric.endsWith('_bytes') ? 'memory' : 'the count';
    const falls = `it falls by up to ${gainWords(height, unit)}, to about ${level(floor, metric)}`;
    const often = `about ${count(teeth)} times in the window, every ${stretch(period.x, period.seconds, unit)}`;
    const length = enough
      ? 'The window is long enough for a verdict.'
      : `The window is too short for a verdict: at least ${count(needed)} of these falls are needed.`;
    return `In the ${arm} ${what} rises and falls again and again: ${falls}, ${often}. ${length}`;
  },
  'stuck-end': ({ arm, seconds }) =>
    `The memory of the ${arm} moved all the time, and then did not move by one byte in the last ${count(seconds)} ` +
    'seconds of the window or more. Its readings may be stuck. A recording of the descriptors, threads or file cache ' +
    'beside it shows if the process was still read.',
  stuck: ({ arm, x, unit }) =>
    `The memory of the ${arm} did not change by one byte in ${count(x)} ` +
    `${unit.endsWith('/s') ? 'seconds' : 'requests'}, ` +
    'while the memory of the other version did. Its readings may be stuck: check how they are taken.',
  'partly-measured': ({ missing, unfinished }) =>
    'A PASS needs every replicate that began. ' +
    `Not measured to the end: ${list([...missing.map(missingWords), ...unfinished.map(leftOutWords)])}.`,
  'idle-not-measured': ({ missing }) =>
    'A PASS needs the readings of the idle phase too: memory may also grow without requests. Missing after the load: ' +
    `${list(missing.map(missingWords))}.`,
  'usage-not-measured': ({ findings }) =>
    `The scenario says that ${list(findings)} fail${findings.length === 1 ? 's' : ''} the run, and what this needs ` +
    'was not measured in two replicates or more.',
  'may-grow-with-time': ({ unit, growth: value, upTo, margin, seconds }) =>
    `Without any request, it grows by about ${growth(value, unit)} and perhaps by up to ${growth(upTo, unit)}. ` +
    `The margin for this is ${growth(margin, unit)}. The ${duration(seconds)} that were measured after the load are ` +
    'too short to decide.',
  'not-confirmed': ({ unit, shown }) =>
    `The longer confirmation pair did not confirm it: there the difference is ${growth(shown, unit)}.`,
  'not-measured-longer': () => 'The longer confirmation pair has no usable readings of it.',
  'live-heap-differs': ({ unit, live, firstHalf, secondHalf }) =>
    `The live heap does not show it surely: it grows by ${growth(live, unit)} (${growth(firstHalf, unit)} in the ` +
    `first half of the window, ${growth(secondHalf, unit)} in the second). The rest may be a cache, memory that the ` +
    'allocator keeps, or memory that does not come from malloc.',
  'live-heap-unread': () =>
    'The lens does not count the live heap of this service on both versions, so a window this short proves nothing.',
  'requests-repeated': ({ requests }) =>
    `Only ${count(requests)} requests were sent, again and again. Memory that grows with new requests or new clients ` +
    'is not seen so, and a PASS needs them.',
};

export function guardWords({ code, facts }: GuardStatement): string {
  return (GUARDS[code] as (facts: GuardStatement['facts']) => string)(facts);
}
