import type { ServiceAssessment } from '../results/index.js';
import { normalUpperQuantile } from '../statistics/distributions/normal.js';
import { tUpperQuantile } from '../statistics/distributions/student-t.js';

/** More replicates than this are not recommended. */
export const MOST_REPLICATES = 30;
/**
 * How fast the spread falls when windows become longer, if the floor does not determine it: measured 6.8 B at 120 s and
 * 4.0 at 300.
 */
const SPREAD_EXPONENT = 0.58;

/** One-sided alphas that FAIL and PASS may spend: the look's share is already applied. */
export interface SpentAlpha {
  readonly fail: number;
  readonly pass: number;
}

type Measured = Pick<ServiceAssessment, 'difference' | 'margin' | 'standardDeviation' | 'floor' | 'replicates'>;

interface Distance {
  /** Spread that is used with Student's quantile, and spread that is used with the normal one (`leastSpread`). */
  readonly estimated: number;
  readonly known: number;
  /** Distance of the mean difference from the margin. */
  readonly distance: number;
  readonly alpha: number;
}

function distanceOf({ difference, margin, standardDeviation, floor }: Measured, alphas: SpentAlpha): Distance | null {
  if (difference === null || standardDeviation === null || floor === null) return null;
  const distance = Math.abs(difference.value - margin);
  const alpha = difference.value < margin ? alphas.pass : alphas.fail;
  if (floor.stepsKnown && floor.source === 'step')
    return { estimated: standardDeviation, known: floor.value, distance, alpha };
  return { estimated: Math.max(standardDeviation, floor.value), known: 0, distance, alpha };
}

/** Distance of a bound from the mean with this many replicates. */
function halfWidthAt({ estimated, known, alpha }: Distance, count: number): number {
  return Math.max(tUpperQuantile(alpha, count - 1) * estimated, normalUpperQuantile(alpha) * known) / Math.sqrt(count);
}

/**
 * Number of replicates with which a service's bound would pass the margin if mean and spread stayed the same; null
 * above 30.
 */
export function replicatesNeeded(service: Measured, alphas: SpentAlpha): number | null {
  const distance = distanceOf(service, alphas);
  if (distance === null) return null;
  for (let need = service.replicates.length + 1; need <= MOST_REPLICATES; need += 1) {
    if (halfWidthAt(distance, need) < distance.distance) return need;
  }
  return null;
}

/**
 * How many times as long a window would have to be with the same number of replicates if the mean stayed the same;
 * infinite if nothing is known.
 */
export function windowFactor(service: Measured, alphas: SpentAlpha): number {
  const distance = distanceOf(service, alphas);
  const count = service.replicates.length;
  if (distance === null || count < 2 || distance.distance === 0) return Infinity;
  const ratio = halfWidthAt(distance, count) / distance.distance;
  return Math.max(1.5, ratio ** (service.floor?.active ? 1 : 1 / SPREAD_EXPONENT));
}
