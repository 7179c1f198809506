import type { GateRules } from '../guards/guard-rules.js';
import { CONFIRMED_SHARE, LIVE_QUANTUM_BYTES, RHO } from '../statistics/method.js';
import { olsSlope } from '../statistics/estimators/ols.js';
import { lowerBound, replicateMean } from '../statistics/estimators/replicate-mean.js';
import { segmentSlopes } from '../statistics/estimators/segment-slopes.js';
import type { Curve } from '../statistics/numbers.js';

/** Growth of the live heap of one replicate: candidate minus baseline, bytes per request. */
export interface LiveGrowth {
  readonly whole: number;
  readonly firstHalf: number;
  readonly secondHalf: number;
}

/** The growth between two curves of live heap. */
export function liveGrowthOf(baseline: Curve, candidate: Curve): LiveGrowth {
  const [first = 0, second = 0] = segmentSlopes(candidate, 2);
  const [firstBefore = 0, secondBefore = 0] = segmentSlopes(baseline, 2);
  return {
    whole: olsSlope(candidate.x, candidate.y) - olsSlope(baseline.x, baseline.y),
    firstHalf: first - firstBefore,
    secondHalf: second - secondBefore,
  };
}

/**
 * Whether the live heap surely and steadily grows by more than the margin, and by at least `CONFIRMED_SHARE` of the
 * growth that failed (0 if none did). Then it confirms a FAIL without a longer pair. Steadily: the second half of the
 * window surely keeps `RHO` of the pace of the first. Only for traffic that repeats: every cache entry is then there
 * before the window. Domain: `requests` of the window > 0.
 * @throws RangeError outside it. Source: docs/method.md#step-7-confirmation
 * @example liveHeapShows(Array(3).fill({ whole: 999, firstHalf: 1001, secondHalf: 998 }), 1500, 1e3, rules) // true
 */
export function liveHeapShows(
  live: readonly LiveGrowth[],
  requests: number,
  failed: number,
  { margin, alphaFail, alphaGuard }: GateRules,
): boolean {
  if (live.length < 2) return false;
  const least = LIVE_QUANTUM_BYTES / requests;
  const whole = replicateMean(
    live.map((one) => one.whole),
    least,
  );
  const kept = replicateMean(
    live.map(({ firstHalf, secondHalf }) => secondHalf - RHO * firstHalf),
    2 * least * Math.hypot(1, RHO),
  );
  return (
    whole.mean >= CONFIRMED_SHARE * failed && lowerBound(whole, alphaFail) > margin && lowerBound(kept, alphaGuard) > 0
  );
}
