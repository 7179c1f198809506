/** A confirming pair must show at least this share of the growth that it is to confirm. */
export const CONFIRMED_SHARE = 0.6;

/**
 * Whether one longer fresh pair bears a FAIL out: its difference is above the margin and at least 0.6 of the mean difference that
 * failed. A fill or a slow sawtooth that looked like a leak shrinks in the longer window. Units: bytes per request.
 */
export function confirms(confirming: number, failed: number, margin: number): boolean {
  return confirming > margin && confirming >= CONFIRMED_SHARE * failed;
}
