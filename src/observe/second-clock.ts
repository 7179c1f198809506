/** A tick this late after a second's end (seconds) no longer tells how many requests were answered at that end. */
const LATE_SECONDS = 0.25;

export interface SecondClock {
  /** The second of this moment, and whether this is its first tick. */
  tick(at: number): { readonly second: number; readonly first: boolean };
  /** Ends the last second if it is complete. An incomplete second gives no reading. */
  end(at: number): void;
}

/** `full` is false for the second in which the watch began: its samples give no reading. */
export type OnSecond = (time: number, requests: number, full: boolean) => void;

/**
 * Divides time into the full seconds since the trial began. `onSecond` gets each second that had a tick, with the time
 * of its end (second 0 ends at time 1) and the requests answered by then. Seconds without a tick are left out and never
 * filled in.
 */
export function secondClock({ answered }: { readonly answered: () => number }, onSecond: OnSecond): SecondClock {
  let current: number | null = null;
  let full = false;
  let requests = 0;

  const finish = (at: number): void => {
    if (current === null || at < current + 1) return;
    if (at < current + 1 + LATE_SECONDS) requests = answered();
    onSecond(current + 1, requests, full);
    full = true;
    current = null;
  };

  return {
    tick: (at) => {
      finish(at);
      const first = current === null;
      current ??= Math.floor(at);
      requests = answered();
      return { second: current, first };
    },
    end: finish,
  };
}
