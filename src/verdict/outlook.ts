import type { ServiceAssessment } from '../model/index.js';
import { tUpperQuantile } from '../statistics/student-t.js';

/** Replicates beyond which more of them is no advice. */
const MOST_REPLICATES = 30;
/** How fast replicates draw together as windows grow, where the floor does not set their spread: measured 6.8 B at 120 s, 4.0 at 300 (method, section 2). */
const SPREAD_EXPONENT = 0.58;

type Measured = Pick<ServiceAssessment, 'difference' | 'margin' | 'standardDeviation' | 'floor' | 'replicates'>;

interface Distance {
  readonly deviation: number;
  /** How far the mean difference lies from the margin. */
  readonly distance: number;
  readonly alpha: number;
}

function distanceOf({ difference, margin, standardDeviation, floor }: Measured): Distance | null {
  if (difference === null || standardDeviation === null || floor === null) return null;
  // The last look's share of what FAIL and PASS may spend, at the defaults.
  return { deviation: Math.max(standardDeviation, floor.value), distance: Math.abs(difference.value - margin), alpha: difference.value < margin ? 0.025 : 0.005 };
}

/** Replicates at which a service's bound would clear the margin, were mean and spread to stay; null beyond 30. */
export function replicatesNeeded(service: Measured): number | null {
  const known = distanceOf(service);
  if (known === null) return null;
  for (let need = service.replicates.length + 1; need <= MOST_REPLICATES; need += 1) {
    if ((tUpperQuantile(known.alpha, need - 1) * known.deviation) / Math.sqrt(need) < known.distance) return need;
  }
  return null;
}

/** How many times as long a window would have to be with as many replicates, were the mean to stay; infinite where nothing is known. */
export function windowFactor(service: Measured): number {
  const known = distanceOf(service);
  const count = service.replicates.length;
  if (known === null || count < 2 || known.distance === 0) return Infinity;
  const ratio = (tUpperQuantile(known.alpha, count - 1) * known.deviation) / Math.sqrt(count) / known.distance;
  return Math.max(1.5, ratio ** (service.floor?.active ? 1 : 1 / SPREAD_EXPONENT));
}
