import type { ServiceAssessment } from '../model/index.js';
import { normalUpperQuantile } from '../statistics/distributions/normal.js';
import { tUpperQuantile } from '../statistics/distributions/student-t.js';

/** Replicates beyond which more of them is no advice. */
export const MOST_REPLICATES = 30;
/**
 * How fast replicates draw together as windows grow, where the floor does not set their spread: measured 6.8 B at 120
 * s, 4.0 at 300 (method, section 2).
 */
const SPREAD_EXPONENT = 0.58;

/** One-sided alphas that FAIL and PASS may spend, the look's share taken. */
export interface SpentAlpha {
  readonly fail: number;
  readonly pass: number;
}

type Measured = Pick<ServiceAssessment, 'difference' | 'margin' | 'standardDeviation' | 'floor' | 'replicates'>;

interface Distance {
  /** Spread that gets Student's quantile, and spread that gets the normal one (`leastSpread`). */
  readonly estimated: number;
  readonly known: number;
  /** How far the mean difference lies from the margin. */
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

/** How far a bound lies from the mean at so many replicates. */
function halfWidthAt({ estimated, known, alpha }: Distance, count: number): number {
  return Math.max(tUpperQuantile(alpha, count - 1) * estimated, normalUpperQuantile(alpha) * known) / Math.sqrt(count);
}

/** Replicates at which a service's bound would clear the margin, were mean and spread to stay; null beyond 30. */
export function replicatesNeeded(service: Measured, alphas: SpentAlpha): number | null {
  const distance = distanceOf(service, alphas);
  if (distance === null) return null;
  for (let need = service.replicates.length + 1; need <= MOST_REPLICATES; need += 1) {
    if (halfWidthAt(distance, need) < distance.distance) return need;
  }
  return null;
}

/**
 * How many times as long a window would have to be with as many replicates, were the mean to stay; infinite where
 * nothing is known.
 */
export function windowFactor(service: Measured, alphas: SpentAlpha): number {
  const distance = distanceOf(service, alphas);
  const count = service.replicates.length;
  if (distance === null || count < 2 || distance.distance === 0) return Infinity;
  const ratio = halfWidthAt(distance, count) / distance.distance;
  return Math.max(1.5, ratio ** (service.floor?.active ? 1 : 1 / SPREAD_EXPONENT));
}
