import type { ArmName, Failure, FailureFacts, RampObjectionFacts } from '../../model/index.js';
import type { SetAsideFacts } from '../../results/statement/index.js';
import { setAsideReason } from '../host-load.js';
import { count, plural } from '../numbers.js';
import type { Sentences } from './sentences.js';

/** Why a trial or an action did not succeed, or why a trial does not count. */
export const FAILURES: Sentences<FailureFacts & SetAsideFacts> = {
  'older-failure': ({ text }) => text,
  'ended-by-error': ({ message }) => message,
  'ended-with-run': () => 'the run ended before the trial',
  'trial-disturbed': (facts) => setAsideReason({ code: 'disturbed', ...facts }),
  'trial-interrupted': () => setAsideReason({ code: 'interrupted' }),
};

/** What ended a trial or an action. */
export function failureWords({ code, facts }: Failure): string {
  return (FAILURES[code] as (facts: Failure['facts']) => string)(facts);
}

/** Why a rate is too high. */
export const RAMP_OBJECTIONS: Sentences<RampObjectionFacts> = {
  'older-objection': ({ text }) => text,
  'requests-unanswered': ({ arm, unanswered, planned }) =>
    of(arm, `${count(unanswered)} of ${plural(planned, 'request')} got no answer`),
  'sent-too-slowly': ({ arm, planned, seconds, dueSeconds }) =>
    of(arm, `${plural(planned, 'request')} took ${seconds.toFixed(1)} s instead of ${dueSeconds.toFixed(1)} s`),
  'sent-late': ({ arm, milliseconds }) => of(arm, `requests left ${count(Math.round(milliseconds))} ms late`),
  'answered-slowly': ({ arm, milliseconds }) => of(arm, `answers took ${count(Math.round(milliseconds))} ms`),
  'replay-ended': ({ arm, message }) => of(arm, message),
};

const of = (arm: ArmName, words: string): string => `${arm}: ${words}`;
