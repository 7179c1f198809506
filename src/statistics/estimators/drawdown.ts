import { SEEN_TWICE } from '../method.js';
import { at, median, type Numbers } from '../numbers.js';

/** How far and how often a series falls: what tells sawtooth memory (garbage collection, buffers) from a staircase. */
export interface Falls {
  /** Largest drop below the highest value so far, y units. */
  readonly drawdown: number;
  /** Sum of all decreases from one value to the next, y units. */
  readonly decreases: number;
  /** Height of the largest tooth: a fall, and a climb of the same size before or after it; y units. */
  readonly tooth: number;
}

/**
 * Falls of one series; give it 5-second means so that single-sample bursts do not count. Memory that is given back
 * and does not climb is no tooth: its drawdown is large and its tooth is small. Domain: any finite values. Linear time.
 * @example measureFalls([26, 12, 28, 13]) // { drawdown: 15, decreases: 29, tooth: 15 }
 */
export function measureFalls(y: Numbers): Falls {
  const n = y.length;
  const lowestAfter = new Float64Array(n);
  const highestAfter = new Float64Array(n);
  for (let i = n - 1, low = Infinity, high = -Infinity; i >= 0; i -= 1) {
    lowestAfter[i] = low = Math.min(low, at(y, i));
    highestAfter[i] = high = Math.max(high, at(y, i));
  }
  let [highest, lowest, drawdown, decreases, tooth] = [-Infinity, Infinity, 0, 0, 0];
  for (let i = 0; i < n; i += 1) {
    const value = at(y, i);
    highest = Math.max(highest, value);
    lowest = Math.min(lowest, value);
    drawdown = Math.max(drawdown, highest - value);
    if (i > 0) decreases += Math.max(0, at(y, i - 1) - value);
    const climbThenFall = Math.min(value - lowest, value - at(lowestAfter, i));
    const fallThenClimb = Math.min(highest - value, at(highestAfter, i) - value);
    tooth = Math.max(tooth, climbThenFall, fallThenClimb);
  }
  return { drawdown, decreases, tooth };
}

/** The typical tooth of one arm over its replicates. */
export interface Sawtooth {
  /** Height of a tooth: median over the replicates, y units. */
  readonly height: number;
  /** Teeth in the window, at least 1: median decreases over the height, what never climbs back left out. */
  readonly teeth: number;
}

/** Domain: at least one replicate. */
export function describeSawtooth(replicates: readonly Falls[]): Sawtooth {
  const height = median(replicates.map(({ tooth }) => tooth));
  const teeth = median(
    replicates.map(({ drawdown, decreases, tooth }) => (decreases - (drawdown - tooth)) / Math.max(height, 1)),
  );
  return { height, teeth: Math.max(1, teeth) };
}

/** A tooth that is seen once may be a single dip; what comes again is a sawtooth. */
export function isSeenTwice({ teeth }: Sawtooth): boolean {
  return teeth >= SEEN_TWICE;
}

/**
 * Smallest credible spread of a slope over a window of `requests` that holds this sawtooth, y units per request:
 * half a tooth over the window, less with every further tooth. Source: docs/method.md#step-3-spread-and-floor
 */
export function sawtoothFloor(sawtooth: Sawtooth, requests: number): number {
  return (0.5 * sawtooth.height) / (sawtooth.teeth * requests);
}
