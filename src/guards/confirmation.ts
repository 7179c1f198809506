import type { GrowthEvidence } from '../statistics/estimators/growth-evidence.js';
import type { GateRules } from './guard-rules.js';
import type { Curve } from '../statistics/numbers.js';
import { CONFIRMED_SHARE, GIVEN_BACK_SHARE } from '../statistics/method.js';
import { olsSlope } from '../statistics/estimators/ols.js';
import { segmentSlopes } from '../statistics/estimators/segment-slopes.js';
import { smallestPlateau } from './smallest-plateau.js';

/**
 * Whether one longer fresh pair confirms a FAIL: its difference is above the margin and at least 0.6 of the mean
 * difference that failed. A fill or a slow sawtooth that looked like a leak is smaller in the longer window. Units:
 * bytes per request.
 */
export function confirms(confirming: number, failed: number, margin: number): boolean {
  return confirming > margin && confirming >= CONFIRMED_SHARE * failed;
}

/** The growth of a confirming pair: candidate minus baseline, bytes per request. */
export interface ConfirmingGrowth {
  readonly whole: number;
  readonly secondHalf: number;
}

/** Slopes of each arm against its own requests. An arm without the service has growth 0. */
export function confirmingGrowth(baseline: Curve | null, candidate: Curve | null): ConfirmingGrowth {
  const whole = (arm: Curve | null): number => (arm === null ? 0 : olsSlope(arm.x, arm.y));
  const second = (arm: Curve | null): number => (arm === null ? 0 : (segmentSlopes(arm, 2)[1] as number));
  return { whole: whole(candidate) - whole(baseline), secondHalf: second(candidate) - second(baseline) };
}

/**
 * Whether the pair confirms the FAIL both in its whole window and in its second half. A fill that slows down during the
 * longer window does not pass in the half (bench: of the fills with a time constant of 300 s in `gate`, the whole
 * window alone confirmed 100 %, both together 0 %).
 */
export function confirmsGrowth({ whole, secondHalf }: ConfirmingGrowth, failed: number, margin: number): boolean {
  return confirms(whole, failed, margin) && confirms(secondHalf, failed, margin);
}

/**
 * The rule of `confirm: auto`. A FAIL that grows by `steadyGrowth` needs no longer pair under two conditions. First,
 * the smallest plateau that its halves allow lies beyond the memory that the service may still take (`room`, y units).
 * Second, no memory was given back since the load began, including the warm-up. A fill that needs more memory than
 * there is, is a leak for the operator. Domain as `smallestPlateau`.
 */
export function beyondAnyPlateau(
  { curves, floor, fromLoadStart }: GrowthEvidence,
  steadyGrowth: number,
  room: number,
  rules: GateRules,
): boolean {
  if (fromLoadStart === null || smallestPlateau(curves, floor, rules) <= room) return false;
  return Math.max(...fromLoadStart.map(({ drawdown }) => drawdown)) < GIVEN_BACK_SHARE * steadyGrowth * floor.requests;
}
