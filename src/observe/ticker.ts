export interface Timers {
  /** Calls back once after this many milliseconds. The returned function cancels it. */
  after(milliseconds: number, call: () => void): () => void;
}

export const hostTimers: Timers = {
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

export interface TickerOptions {
  /** Ticks per second. */
  readonly hertz: number;
  /** Seconds on a monotonic clock. */
  readonly elapsed: () => number;
  readonly timers: Timers;
  readonly onTick: (elapsed: number) => void;
}

/**
 * Ticks at whole multiples of 1/hertz of the given clock, so lateness does not add up. A late tick skips those that it
 * missed. Ticks never overlap, because the next one is set only after one has returned.
 */
export function startTicker({ hertz, elapsed, timers, onTick }: TickerOptions): () => void {
  let stopped = false;
  let cancel = (): void => undefined;
  const schedule = (): void => {
    const now = elapsed();
    const next = (Math.floor(now * hertz + 1e-6) + 1) / hertz;
    cancel = timers.after(Math.max(0, (next - now) * 1000), () => {
      if (stopped) return;
      const at = elapsed();
      // setTimeout may fire a fraction of a millisecond early. That is the previous tick again.
      if (at >= next - 1e-4) onTick(at);
      schedule();
    });
  };
  schedule();
  return () => {
    stopped = true;
    cancel();
  };
}
