import { SlopegateError, type ArmName, type ReplayResult } from '../model/index.js';
import type { Looks } from './stacks.js';

/** A load with a smaller share of answers says nothing. */
const FEWEST_ANSWERED = 0.99;

/** The samples of these services only. A service that is sampled on one version only cannot be compared. */
export function samplesIn({ before, after }: Looks, services: readonly string[]): Looks {
  const seen = (samples: Looks['before']): Looks['before'] =>
    samples.filter(({ service }) => services.includes(service));
  return { before: seen(before), after: seen(after) };
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
