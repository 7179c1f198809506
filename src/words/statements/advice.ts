import type { AdviceFacts, Length } from '../../results/statement/index.js';
import { growth } from '../growth.js';
import { count, duration, plural, significant } from '../numbers.js';
import { gainWords, subjectName } from '../subject.js';
import type { Sentences } from './sentences.js';

/** `26,000 requests (4.4 minutes at 100 requests/s)` */
function lengthWords({ requests, seconds, ratePerSecond }: Length): string {
  const time = duration(seconds);
  return requests === null
    ? time
    : `${count(requests)} requests (${time} at ${significant(ratePerSecond, 2)} requests/s)`;
}

const pairWords = (seconds: number): string => `one longer fresh pair, about ${duration(seconds)}`;

/** What to do next. */
export const ADVICE: Sentences<AdviceFacts> = {
  'repair-and-rerun': () => 'Fix the cause above and run again. No number of this run is usable.',
  'do-not-deploy': ({ because }) =>
    because === 'growth'
      ? 'Do not deploy the candidate until the growth is explained. The charts show where it begins.'
      : 'Do not deploy the candidate until this is explained.',
  'accept-gain': ({ unit, gained: gain, ...name }) =>
    `If the ${gainWords(gain, unit)} that ${subjectName(name)} gained are acceptable, ` +
    'memory growth is no reason against deploying the candidate.',
  'run-confirmation': ({ seconds }) =>
    `Run the confirmation (${pairWords(seconds)}), or set gate.confirm to "never" to do without it.`,
  'repeat-confirmation': ({ seconds }) =>
    `Run again: the confirmation (${pairWords(seconds)}) has no usable readings of what grows.`,
  'measure-all': () =>
    'Find out why not everything was measured, and run again: a PASS needs every replicate that began.',
  'warm-up-or-longer': ({ warmup, window }) =>
    'To see if this is a cache or a leak, use a longer warm-up, so that a cache is full before the window ' +
    `(${lengthWords(warmup)}), or a longer window (${lengthWords(window)}).`,
  'longer-for-late-growth': ({ window }) =>
    `A window of ${lengthWords(window)} would show whether the late growth goes on.`,
  'after-release': ({ warmup, window }) =>
    'Memory must have been given back before the window begins: use a longer warm-up ' +
    `(${lengthWords(warmup)}), or a longer window (${lengthWords(window)}).`,
  'more-readings': ({ window }) =>
    `Read memory more often, or record longer: at least ${lengthWords(window)} of load after the warm-up.`,
  'finer-readings': ({ window }) =>
    `Record memory to the byte or to the page, or use windows of at least ${lengthWords(window)}.`,
  'explain-step': ({ window }) =>
    'Find out what happens at the step: a reload, or a large request. ' +
    `A warm-up that includes it, or a window of ${lengthWords(window)}, would decide.`,
  'longer-for-slowing-growth': ({ window }) =>
    `Growth that slows down in a longer window is a cache or a slow collector: use windows of ${lengthWords(window)}.`,
  'longer-preset': () =>
    'Run it again with the preset "quick", or a longer one. There a longer pair of containers confirms a FAIL, and ' +
    'the lens is not needed.',
  'new-requests': () =>
    'Nothing was found so far. For a PASS, run it with the preset "gate" or "standard": they send new requests all ' +
    'the time.',
  'longer-for-collector': ({ window }) =>
    `Windows of ${lengthWords(window)} would show if this is a slow collector or a leak. ` +
    'The longer pair of a run can show it too, if gate.confirm is not "never".',
  'longer-idle': ({ seconds }) =>
    `Measure for longer after the load: experiment.idle: ${count(seconds)}s. Nothing is sent in this time.`,
  'longer-for-sawtooth': ({ window, falls }) =>
    `Use a window with ${count(falls)} of these falls, about ${lengthWords(window)}.`,
  'continue-as-planned': ({ replicates, seconds }) =>
    `Run ${plural(replicates, 'more replicate')} as planned (about ${duration(seconds)}).`,
  'too-few-replicates': ({ replicates, seconds, requestsEach }) =>
    'At least 2 replicates are needed, and 3 unless the evidence is overwhelming, ' +
    `each with ${count(requestsEach)} requests or more in its window. ` +
    `Run ${count(replicates)} more, about ${duration(seconds)}.`,
  'more-replicates': ({ replicates, seconds }) =>
    `About ${plural(replicates, 'more replicate')} of the same length (${duration(seconds)}) would decide, ` +
    'if they vary like these.',
  'longer-windows': ({ window, higherRate, floor, unit }) => {
    const rate =
      higherRate === null ? '' : `, or as many requests in the same time (${significant(higherRate, 2)} requests/s)`;
    const why =
      floor === null
        ? ''
        : ` Windows of this length cannot tell differences below about ${growth(floor, unit)}; longer ones can.`;
    return `Windows of about ${lengthWords(window)}${rate} would probably decide.${why}`;
  },
  'near-margin': ({ difference, unit, mostReplicates, longestFactor }) =>
    `The difference is very near the margin. Neither ${count(mostReplicates)} replicates nor windows ` +
    `${count(longestFactor)} times as long would decide. ` +
    `Decide whether ${growth(difference, unit)} more is acceptable, and set the margin to match.`,
};
