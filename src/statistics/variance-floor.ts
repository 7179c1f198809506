/** Three quarters of a 64 KiB allocator step: one such step at mid-window moves an OLS slope by twice this over the requests. */
export const ALLOCATOR_QUANTUM_BYTES = 49_152;

/** What the replicates' spread may not fall below, however alike they came out by luck. */
export interface VarianceFloor {
  /** Size of the steps in which the metric moves, y units (bytes: `ALLOCATOR_QUANTUM_BYTES`). */
  readonly quantum: number;
  /** Requests in the window, mean over arms. */
  readonly requests: number;
  /** Sawtooth term for the whole window, y units per request. */
  readonly sawtooth: number;
}

/**
 * The floor of a slope's standard deviation for a sub-window that is 1/`parts` of the window, y units per request:
 * max(parts · quantum/requests, parts² · sawtooth). A sub-window has fewer requests and fewer teeth, hence the square.
 * Domain: requests > 0, parts ≥ 1. @throws RangeError outside it. Source: method.md section 4 step 4.
 */
export function floorOf(floor: VarianceFloor, parts: number = 1): number {
  if (!(floor.requests > 0) || !(parts >= 1)) throw new RangeError(`no floor for ${floor.requests} requests in ${parts} parts`);
  return Math.max((parts * floor.quantum) / floor.requests, parts * parts * floor.sawtooth);
}

/** Which term sets the floor. */
export function floorSource(floor: VarianceFloor): 'step' | 'sawtooth' {
  return floor.sawtooth > floor.quantum / floor.requests ? 'sawtooth' : 'step';
}
