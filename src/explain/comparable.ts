import { SlopegateError, type ArmName, type ReplayResult, type SampledHeap } from '../model/index.js';
import type { Looks } from './stacks.js';

/** A load with a smaller share of answers says nothing. */
const FEWEST_ANSWERED = 0.99;

/** Which heaps were sampled as a whole, and which are there and were not. */
export interface Sight {
  readonly seen: readonly SampledHeap[];
  readonly missed: readonly SampledHeap[];
}

/** Over all readings of both versions: a heap that one of them did not see as a whole cannot be compared. */
export function sightOfAll(sights: readonly Sight[]): Sight {
  const named = sights.flatMap(({ seen, missed }) => [...seen, ...missed]);
  const all = named.filter((one, place) => named.findIndex((other) => isSame(one, other)) === place);
  const isSeen = (one: SampledHeap): boolean => sights.every(({ seen, missed }) => has(seen, one) && !has(missed, one));
  return { seen: all.filter(isSeen), missed: all.filter((one) => !isSeen(one)) };
}

/** The samples of these heaps only. */
export function samplesIn({ before, after }: Looks, heaps: readonly SampledHeap[]): Looks {
  const seen = (samples: Looks['before']): Looks['before'] => samples.filter((sample) => has(heaps, sample));
  return { before: seen(before), after: seen(after) };
}

function has(heaps: readonly SampledHeap[], one: SampledHeap): boolean {
  return heaps.some((other) => isSame(one, other));
}

function isSame(one: SampledHeap, other: SampledHeap): boolean {
  return one.service === other.service && one.heap === other.heap;
}

/**
 * Without answers nothing was allocated. Then "nothing grows" has no meaning.
 * @throws SlopegateError REPLAY_FAILED if a version left more than one request in a hundred without an answer
 */
export function refuseUnanswered(
  arm: ArmName,
  { planned, answered, aborted = 0 }: Pick<ReplayResult, 'planned' | 'answered' | 'aborted'>,
): void {
  if (answered + aborted >= FEWEST_ANSWERED * planned) return;
  throw new SlopegateError(
    'REPLAY_FAILED',
    `The ${arm} answered ${answered} of ${planned} requests, so its memory says nothing.`,
    { hint: 'See what the service wrote with --verbose, or send fewer requests.' },
  );
}
