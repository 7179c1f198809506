import { QUANTUM_SHARE } from '../method.js';

/** A lower limit for the spread of the replicates, even if they are equal by luck. */
export interface VarianceFloor {
  /** Size of the steps in which the metric changes, y units (bytes: `ALLOCATOR_QUANTUM_BYTES`). */
  readonly quantum: number;
  /** Requests in the window, mean over arms. */
  readonly requests: number;
  /** Sawtooth term for the whole window, y units per request. */
  readonly sawtooth: number;
  /** The step term is a bound of the true spread and not only an estimate of it (`gate.prior: steps`). */
  readonly stepsKnown?: boolean;
  /**
   * For rounded readings: how much rounding can change the whole window's slope, the same in every replicate; y units
   * per request. More replicates do not reduce it.
   */
  readonly rounding?: number;
}

/** The smallest spread that the tests accept; units of the slopes. */
export interface LeastSpread {
  /** Replaces the replicates' own deviation if that is smaller, with Student's quantile. */
  readonly estimated: number;
  /** A true standard deviation that is assumed whatever the replicates show, with the normal quantile. */
  readonly known: number;
  /** An error that may be the same in every replicate; a bound is never nearer than this. */
  readonly bias: number;
}

/**
 * The smallest spread that is accepted, for a sub-window that is 1/`parts` of the window and a contrast whose spread is
 * `scale` times that of a slope. If the step term is known, the error rate is at most alpha for *every* true deviation
 * σ of normal replicates. Two bounds are needed for that: the normal bound holds if σ is at most the step term,
 * Student's bound holds if σ is larger. The sawtooth term stays an estimate: the cycles can come at the same place of
 * the window in every replicate, and that is a bias, not a spread. Domain as `floorOf`.
 */
export function leastSpread(floor: VarianceFloor, parts: number = 1, scale: number = 1): LeastSpread {
  const bias = (floor.rounding ?? 0) * parts * scale;
  if (!floor.stepsKnown || bias > 0) return { estimated: floorOf(floor, parts) * scale, known: 0, bias };
  const steps = floorOf({ ...floor, sawtooth: 0 }, parts);
  return { estimated: floorOf({ ...floor, quantum: 0 }, parts) * scale, known: steps * scale, bias };
}

/**
 * The floor if readings are rounded to `resolution`: a rounded step is one more step in which the metric changes. One
 * step of q in the middle of a window of N requests changes a slope by 1.5 q/N. If all replicates begin at the same
 * level, they make that step together. What it changes beyond the metric's own step is therefore `rounding`. Domain as
 * `floorOf`, resolution ≥ 0. Source: docs/method.md#step-3-spread-and-floor
 * @example coarseFloor({ quantum: 49_152, requests: 22_500, sawtooth: 0 }, 2 ** 20).quantum // 786_432
 */
export function coarseFloor(floor: VarianceFloor, resolution: number): VarianceFloor {
  const quantum = QUANTUM_SHARE * resolution;
  if (quantum <= floor.quantum) return floor;
  return { ...floor, quantum, rounding: (2 * (quantum - floor.quantum)) / floor.requests };
}

/**
 * The floor of a slope's standard deviation for a sub-window that is 1/`parts` of the window, y units per request:
 * max(parts · quantum/requests, parts² · sawtooth). A sub-window has fewer requests and fewer cycles, so the second
 * term has a square. Domain: requests > 0, parts ≥ 1.
 * @throws RangeError outside it. Source: docs/method.md#step-3-spread-and-floor
 */
export function floorOf(floor: VarianceFloor, parts: number = 1): number {
  if (!(floor.requests > 0) || !(parts >= 1))
    throw new RangeError(`no floor for ${floor.requests} requests in ${parts} parts`);
  return Math.max((parts * floor.quantum) / floor.requests, parts * parts * floor.sawtooth);
}

/** The term that determines the floor. */
export function floorSource(floor: VarianceFloor): 'step' | 'sawtooth' {
  return floor.sawtooth > floor.quantum / floor.requests ? 'sawtooth' : 'step';
}
