import type { LatencyInWindow } from '../model/index.js';
import { percentileCounter } from './percentiles.js';

/** Counts how long the answers took in the judged window, and in each third of it. */
export interface WindowLatency {
  /** @param index place of the request in the trace */
  add(index: number, milliseconds: number): void;
  result(): LatencyInWindow;
}

/** The window is the part of the trace after its first `warmup` requests; its thirds have equally many requests. */
export function windowLatency(warmup: number, requests: number): WindowLatency {
  const whole = percentileCounter();
  const thirds = [percentileCounter(), percentileCounter(), percentileCounter()] as const;
  const length = requests - warmup;
  return {
    add: (index, milliseconds) => {
      if (index < warmup) return;
      whole.add(milliseconds);
      thirds[Math.floor((3 * (index - warmup)) / length)]?.add(milliseconds);
    },
    result: () => ({
      whole: whole.result(),
      thirds: [thirds[0].result(), thirds[1].result(), thirds[2].result()],
    }),
  };
}
