import { describeSawtooth, type Falls } from '../estimators/drawdown.js';

export interface FallEvidence {
  /** True where a collector slower than the window may explain the growth. */
  readonly fired: boolean;
  /** Typical fall since the load began, y units. */
  readonly height: number;
}

/** Falls seen this often are teeth that the variance floor knows. */
const ENOUGH_TEETH = 2;
/** A fall of this share of the window's growth could take the growth back. */
const TELLING_SHARE = 0.5;

/**
 * FELL-BACK guard on a candidate FAIL that no longer pair will confirm. A collector slower than the window climbs
 * through every replicate alike;
 * what gives it away is that memory fell back before the window began, by more than half of the `growth` over the
 * window, and not twice.
 * A fall inside the window would have set the variance floor. Domain: one replicate or more. Source:
 * docs/bench-statistics.md, `--section teeth`.
 */
export function fallGuard(sinceLoad: readonly Falls[], growth: number): FallEvidence {
  const { height, teeth } = describeSawtooth(sinceLoad);
  return { fired: teeth < ENOUGH_TEETH && height > TELLING_SHARE * growth, height };
}
