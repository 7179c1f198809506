import type { GuardFacts, GuardStatement } from '../../model/statement/index.js';
import { amount, growth } from '../growth.js';
import { count } from '../numbers.js';
import { gained, level, stretch } from '../subject.js';
import type { Sentences } from './sentences.js';

/** What the shape of the growth says. */
export const GUARDS: Sentences<GuardFacts> = {
  step: ({ unit, height, beside, action }) => {
    const what = `One step of about ${gained(height, unit)} explains the growth.`;
    const rest = `Without the step it is ${growth(beside, unit)}.`;
    const when =
      action === null
        ? ''
        : ` The step comes with the action "${action.name}" after ${count(action.requests)} requests.`;
    return `${what} ${rest}${when}`;
  },
  fill: ({ unit, metric, firstHalf, secondHalf, amplitude, remaining, plateau, nearlyFullAt, atLeast }) => {
    const about = atLeast ? 'at least' : 'about';
    const slowing = `The growth slows down: ${growth(firstHalf, unit)} in the first half of the window`;
    const to = plateau === null ? '' : ` It would fill up to ${about} ${level(plateau, metric)}.`;
    const coming = `${gained(remaining, unit)} still to come`;
    const more = `${gained(amplitude, unit)} more than at the start of the window, ${coming}`;
    const when = stretch(nearlyFullAt.x, nearlyFullAt.seconds, unit);
    return (
      `${slowing}, ${growth(secondHalf, unit)} in the second. That looks like a cache that fills.${to} ` +
      `That is ${about} ${more}; it is 95 % full ${atLeast ? 'no sooner than' : 'about'} ${when} into the window.`
    );
  },
  'fell-back': ({ unit, height, gained: gain }) =>
    'This may be a garbage collector that is slower than the window. ' +
    `Since the load began, the candidate fell back by ${gained(height, unit)}; ` +
    `over the window it grew by ${gained(gain, unit)}. No longer pair was run that could tell.`,
  late: ({ unit, lastThird, whole }) =>
    `In the last third of the window it grows by ${growth(lastThird, unit)}, ` +
    `over the whole window by ${growth(whole, unit)}.`,
  settled: ({ unit, gained: gain, firstHalf, secondHalf, secondHalfBelow }) =>
    `The candidate gained ${gained(gain, unit)} more than the baseline, and has stopped growing: ` +
    `${growth(firstHalf, unit)} in the first half of the window, ${growth(secondHalf, unit)} in the second ` +
    `(surely less than ${amount(secondHalfBelow, unit)}).`,
  sawtooth: ({ arm, unit, metric, height, floor, teeth, period, enough, needed }) => {
    const what = metric.endsWith('_bytes') ? 'memory' : 'the count';
    const falls = `it falls by up to ${gained(height, unit)}, to about ${level(floor, metric)}`;
    const often = `about ${count(teeth)} times in the window, every ${stretch(period.x, period.seconds, unit)}`;
    const length = enough
      ? 'The window is long enough for that.'
      : `The window is too short for that: at least ${count(needed)} of these falls are needed.`;
    return `In the ${arm} ${what} rises and falls in turns: ${falls}, ${often}. ${length}`;
  },
  'not-confirmed': ({ unit, shown }) =>
    `The longer confirmation pair did not confirm it: there the difference is ${growth(shown, unit)}.`,
  'not-measured-longer': () => 'The longer confirmation pair has no usable readings of it.',
};

export function guardWords({ code, facts }: GuardStatement): string {
  return (GUARDS[code] as (facts: GuardStatement['facts']) => string)(facts);
}
