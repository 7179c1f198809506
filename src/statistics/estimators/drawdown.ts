import { at, median, type Numbers } from '../numbers.js';

/** How far and how often a series falls: what tells sawtooth memory (garbage collection, buffers) from a staircase. */
export interface Falls {
  /** Largest drop below the highest value so far, y units. */
  readonly drawdown: number;
  /** Sum of all decreases from one value to the next, y units. */
  readonly decreases: number;
}

/** Falls of one series; give it 5-second means so that single-sample bursts do not count. Linear time. */
export function measureFalls(y: Numbers): Falls {
  let highest = -Infinity;
  let drawdown = 0;
  let decreases = 0;
  for (let i = 0; i < y.length; i += 1) {
    const value = at(y, i);
    highest = Math.max(highest, value);
    drawdown = Math.max(drawdown, highest - value);
    if (i > 0) decreases += Math.max(0, at(y, i - 1) - value);
  }
  return { drawdown, decreases };
}

/** The typical tooth of one arm over its replicates. */
export interface Sawtooth {
  /** Height of a tooth: median drawdown, y units. */
  readonly height: number;
  /** Teeth in the window, at least 1: median decreases over the height. */
  readonly teeth: number;
}

/** Domain: at least one replicate. */
export function describeSawtooth(replicates: readonly Falls[]): Sawtooth {
  const height = median(replicates.map((falls) => falls.drawdown));
  const teeth = Math.max(1, median(replicates.map((falls) => falls.decreases / Math.max(height, 1))));
  return { height, teeth };
}

/**
 * Smallest credible spread of a slope over a window of `requests` that holds this sawtooth, y units per request:
 * half a tooth over the window, less with every further tooth. Source: docs/method.md#step-3-spread-and-floor
 */
export function sawtoothFloor(sawtooth: Sawtooth, requests: number): number {
  return (0.5 * sawtooth.height) / (sawtooth.teeth * requests);
}
