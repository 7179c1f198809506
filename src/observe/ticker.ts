export interface Timers {
  /** Calls back once after so many milliseconds; the answer cancels it. */
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
 * Ticks at whole multiples of 1/hertz of the given clock, so that lateness never adds up. A tick that comes late
 * skips those it has missed; ticks never overlap, since the next one is only set when one has returned.
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
      // setTimeout may fire a fraction of a millisecond early: that is the tick before, once more.
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
