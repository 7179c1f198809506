import { fUpperTail } from './f-distribution.js';
import { mean, standardDeviation, type Numbers } from '../../../src/statistics/numbers.js';
import type { ReplicateMean } from '../../../src/statistics/estimators/replicate-mean.js';

/** What earlier A/A runs on the same host showed about the spread of a difference of slopes. */
export interface VariancePrior {
  /** Degrees of freedom the prior counts for. */
  readonly degreesOfFreedom: number;
  readonly deviation: number;
}

/**
 * Moderated t: the sample variance is moved towards a prior, s² = (d₀s₀² + ds²)/(d₀ + d), with d₀ + d
 * degrees of freedom. Opt-in only: it finds more while the candidate is no noisier than the A/A runs, and gives false
 * alarms when it is. So the prior is dropped if an F-test finds the sample noisier than the prior at `conflictAlpha`.
 * Domain: two replicates or more. Source: Smyth, SAGMB 3 (2004).
 */
export function moderatedMean(
  values: Numbers,
  prior: VariancePrior,
  floor: number,
  conflictAlpha: number = 0.05,
): ReplicateMean {
  if (values.length < 2) throw new RangeError(`need at least 2 replicates, got ${values.length}`);
  const sampleDeviation = standardDeviation(values);
  const df = values.length - 1;
  const conflict = fUpperTail((sampleDeviation / prior.deviation) ** 2, df, prior.degreesOfFreedom) < conflictAlpha;
  const total = conflict ? df : df + prior.degreesOfFreedom;
  const variance = conflict
    ? sampleDeviation ** 2
    : (prior.degreesOfFreedom * prior.deviation ** 2 + df * sampleDeviation ** 2) / total;
  const deviation = Math.max(Math.sqrt(variance), floor);
  return {
    mean: mean(values),
    sampleDeviation,
    deviation,
    floorActive: floor > Math.sqrt(variance),
    standardError: deviation / Math.sqrt(values.length),
    degreesOfFreedom: total,
    knownError: 0,
    bias: 0,
  };
}
