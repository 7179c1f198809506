import type { Result } from '../../model/index.js';
import { ARMS } from '../../model/index.js';

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
    loadSeconds: Math.max(...ARMS.map((arm) => total(result.trials.filter((trial) => trial.arm === arm).map((trial) => trial.seconds)))),
    answered: total(result.trials.map((trial) => trial.answered)),
  };
}
