import type { Estimate } from '../results/index.js';
import { interval, replicateMean } from '../statistics/estimators/replicate-mean.js';
import type { LeastSpread } from '../statistics/estimators/variance-floor.js';
import { CONFIDENCE } from '../statistics/method.js';

/** Mean over replicates with its interval; null with fewer than two. */
export function estimateOf(values: readonly number[], least: LeastSpread): Estimate | null {
  if (values.length < 2) return null;
  const estimate = replicateMean(values, least);
  return { value: estimate.mean, ...interval(estimate, CONFIDENCE), confidence: CONFIDENCE };
}
