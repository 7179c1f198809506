import { SlopegateError, type ReplayResult } from '../model/index.js';

/** How late each trial of a round ran, as shares of its schedule; in the order of the trials. */
export type Lateness = readonly number[];

/** By how much longer than its schedule a replay took, as a share of it; 0 without a schedule. */
export function latenessOf({ seconds, scheduledSeconds }: Pick<ReplayResult, 'seconds' | 'scheduledSeconds'>): number {
  return scheduledSeconds === undefined || scheduledSeconds <= 0 ? 0 : seconds / scheduledSeconds - 1;
}

/**
 * Whether the host disturbed a pair: both arms ran late by more than is tolerated. One arm alone that is late says
 * something of its version, not of the host. The rule looks at the schedule alone and never at memory, so that it
 * cannot choose among results.
 */
export function isDisturbed(lateness: Lateness, tolerance: number): boolean {
  return lateness.length > 1 && lateness.every((late) => late > tolerance);
}

/**
 * Where the trials of a round meet once their load is over: each brings how late it ran, and all get the same list.
 * Rejects where another trial failed, or the run was interrupted.
 */
export function meetingPoint(count: number, signal: AbortSignal): (late: number) => Promise<Lateness> {
  const brought: number[] = [];
  let resolve!: (all: Lateness) => void;
  const all = new Promise<Lateness>((fulfil, reject) => {
    resolve = fulfil;
    const onAbort = (): void => reject(new SlopegateError('INTERRUPTED', 'the other arm did not end well'));
    signal.addEventListener('abort', onAbort, { once: true });
  });
  all.catch(() => {});
  return (late) => {
    brought.push(late);
    if (brought.length === count) resolve(brought);
    return all;
  };
}
