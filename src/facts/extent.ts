import { ARMS } from '../model/index.js';
import type { Result, WordedService } from '../results/index.js';
import { growth } from '../words/growth.js';
import { count, duration, plural } from '../words/numbers.js';
import { isRecorded } from './recorded.js';

/** How much was measured. */
export interface Extent {
  readonly replicates: number;
  /** Requests in the judged windows of one arm, over all replicates. */
  readonly judgedRequests: number;
  readonly judgedSeconds: number;
  /** Seconds of load on one arm, warm-up included, over all its trials. */
  readonly loadSeconds: number;
  /** Requests answered by both arms, warm-up included. */
  readonly answered: number;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

export function extentOf(result: Result): Extent {
  const [judged = []] = result.verdict.assessment.services
    .filter((service) => service.judged)
    .map((service) => service.replicates.filter(({ baseline, candidate }) => baseline !== null || candidate !== null))
    .sort((a, b) => b.length - a.length);
  return {
    replicates: result.verdict.assessment.replicates,
    judgedRequests: total(judged.map((replicate) => replicate.requests)),
    judgedSeconds: total(judged.map((replicate) => replicate.seconds)),
    loadSeconds: Math.max(
      ...ARMS.map((arm) => total(result.trials.filter((trial) => trial.arm === arm).map((trial) => trial.seconds))),
    ),
    answered: total(result.trials.map((trial) => trial.answered)),
  };
}

/**
 * `From 3 replicates with fresh containers, 13,278 requests judged on each arm in 2.2 minutes`; of recordings, what is
 * known.
 */
export function extentWords(result: Result): string {
  const { replicates, judgedRequests, judgedSeconds } = extentOf(result);
  const how = isRecorded(result) ? 'recorded elsewhere' : 'with fresh containers';
  const what =
    result.verdict.assessment.axis === 'requests'
      ? `${count(judgedRequests)} requests judged on each arm in ${duration(judgedSeconds)}`
      : `${duration(judgedSeconds)} judged on each arm`;
  return `${plural(replicates, 'replicate')} ${how}, ${what}`;
}

/** The smallest difference that this run could have found; in words also if it is not known. */
export function detectableWords(service: WordedService | null): string {
  if (service === null || service.detectable === null)
    return 'Smallest difference this run could have detected: not known (it takes at least 2 replicates).';
  const smallest = growth(service.detectable, service.unit);
  return `Smallest difference this run could have detected (4 times in 5): ${smallest}.`;
}
