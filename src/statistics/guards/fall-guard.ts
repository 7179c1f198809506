import { FELL_BACK_SHARE, FELL_BACK_TEETH } from '../method.js';
import { describeSawtooth, type Falls } from '../estimators/drawdown.js';

export interface FallEvidence {
  /** True where a collector slower than the window may explain the growth. */
  readonly fired: boolean;
  /** Typical fall since the load began, y units. */
  readonly height: number;
}

/**
 * FELL-BACK guard on a candidate FAIL that no longer pair will confirm. A collector slower than the window climbs
 * through every replicate alike;
 * what gives it away is that memory fell back before the window began, by more than half of the `growth` over the
 * window, and not twice.
 * A fall inside the window would have set the variance floor. Domain: one replicate or more. Source:
 * docs/method.md#step-6-guards
 */
export function fallGuard(sinceLoad: readonly Falls[], growth: number): FallEvidence {
  const { height, teeth } = describeSawtooth(sinceLoad);
  return { fired: teeth < FELL_BACK_TEETH && height > FELL_BACK_SHARE * growth, height };
}
