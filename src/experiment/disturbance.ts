import type { HostLoad, ReplayResult, Trial } from '../model/index.js';

/** At least this many disturbed pairs may be repeated, or half of the planned pairs if that is more. */
const LEAST_REPEATS = 2;

/** How many pairs a run may set aside and repeat. */
export const mostRepeats = (plannedPairs: number): number => Math.max(LEAST_REPEATS, Math.ceil(plannedPairs / 2));

/** How a trial ran. */
export interface TrialEnd {
  readonly trial: Trial;
  /** How late its load was when it ended, as a share of its schedule. */
  readonly lateness: number;
  /** How busy its host was during the load. */
  readonly host: HostLoad;
}

/** How much longer than its schedule a replay took, as a share of the schedule; 0 without a schedule. */
export function latenessOf({ seconds, scheduledSeconds }: Pick<ReplayResult, 'seconds' | 'scheduledSeconds'>): number {
  return scheduledSeconds === undefined || scheduledSeconds <= 0 ? 0 : seconds / scheduledSeconds - 1;
}

/**
 * Whether the host disturbed a pair: both arms ran late by more than the tolerance. If only one arm is late, that says
 * something about its version and not about the host. The rule looks only at the schedule and never at memory, so it
 * cannot choose among results.
 */
export function isDisturbed(pair: readonly Pick<TrialEnd, 'lateness'>[], tolerance: number): boolean {
  return pair.length > 1 && pair.every(({ lateness }) => lateness > tolerance);
}
