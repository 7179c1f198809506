import { FEWEST_CYCLES } from '../method.js';
import { at, median, type Numbers } from '../numbers.js';

/**
 * How far and how often a series falls. This distinguishes sawtooth memory (garbage collection, buffers) from a
 * staircase.
 */
export interface Falls {
  /** Largest drop below the highest value so far, y units. */
  readonly drawdown: number;
  /** Sum of all decreases from one value to the next, y units. */
  readonly decreases: number;
  /** Height of the largest cycle: a fall, and a climb of the same size before or after it; y units. */
  readonly cycle: number;
}

/**
 * Falls of one series. Give it 5-second means, so that a burst in one reading does not count. Memory that is given back
 * and does not climb again is no cycle: its drawdown is large and its cycle is small. Domain: any finite values. Linear
 * time.
 * @example measureFalls([26, 12, 28, 13]) // { drawdown: 15, decreases: 29, cycle: 15 }
 */
export function measureFalls(y: Numbers): Falls {
  const n = y.length;
  const lowestAfter = new Float64Array(n);
  const highestAfter = new Float64Array(n);
  for (let i = n - 1, low = Infinity, high = -Infinity; i >= 0; i -= 1) {
    lowestAfter[i] = low = Math.min(low, at(y, i));
    highestAfter[i] = high = Math.max(high, at(y, i));
  }
  let [highest, lowest, drawdown, decreases, cycle] = [-Infinity, Infinity, 0, 0, 0];
  for (let i = 0; i < n; i += 1) {
    const value = at(y, i);
    highest = Math.max(highest, value);
    lowest = Math.min(lowest, value);
    drawdown = Math.max(drawdown, highest - value);
    if (i > 0) decreases += Math.max(0, at(y, i - 1) - value);
    const climbThenFall = Math.min(value - lowest, value - at(lowestAfter, i));
    const fallThenClimb = Math.min(highest - value, at(highestAfter, i) - value);
    cycle = Math.max(cycle, climbThenFall, fallThenClimb);
  }
  return { drawdown, decreases, cycle };
}

/** The typical cycle of one arm over its replicates. */
export interface Sawtooth {
  /** Height of a cycle: median over the replicates, y units. */
  readonly height: number;
  /** Cycles in the window, at least 1: the median of the decreases that climb back, divided by the height. */
  readonly cycles: number;
}

/** Domain: at least one replicate. */
export function describeSawtooth(replicates: readonly Falls[]): Sawtooth {
  const height = median(replicates.map(({ cycle }) => cycle));
  const cycles = median(
    replicates.map(({ drawdown, decreases, cycle }) => (decreases - (drawdown - cycle)) / Math.max(height, 1)),
  );
  return { height, cycles: Math.max(1, cycles) };
}

/** One cycle may be a single dip; several make a sawtooth. */
export function recurs({ cycles }: Sawtooth): boolean {
  return cycles >= FEWEST_CYCLES;
}

/**
 * Smallest credible spread of a slope over a window of `requests` that holds this sawtooth, y units per request: half
 * the height of a cycle over the window; more cycles make it smaller. Source: docs/method.md#step-3-spread-and-floor
 */
export function sawtoothFloor(sawtooth: Sawtooth, requests: number): number {
  return (0.5 * sawtooth.height) / (sawtooth.cycles * requests);
}
