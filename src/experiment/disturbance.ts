import type { HostLoad, ReplayResult, Trial } from '../model/index.js';

/** So many pairs that the host disturbed may be repeated, or half of the planned pairs if that is more. */
const LEAST_REPEATS = 2;

/** How many pairs a run may set aside and repeat. */
export const mostRepeats = (plannedPairs: number): number => Math.max(LEAST_REPEATS, Math.ceil(plannedPairs / 2));

/** How a trial that went through ran. */
export interface TrialEnd {
  readonly trial: Trial;
  /** By how much its load ran late, as a share of its schedule. */
  readonly lateness: number;
  /** How busy its host was meanwhile. */
  readonly host: HostLoad;
}

/** By how much longer than its schedule a replay took, as a share of it; 0 without a schedule. */
export function latenessOf({ seconds, scheduledSeconds }: Pick<ReplayResult, 'seconds' | 'scheduledSeconds'>): number {
  return scheduledSeconds === undefined || scheduledSeconds <= 0 ? 0 : seconds / scheduledSeconds - 1;
}

/**
 * Whether the host disturbed a pair: both arms ran late by more than is tolerated. One arm alone that is late says
 * something of its version, not of the host. The rule looks at the schedule alone and never at memory, so that it
 * cannot choose among results.
 */
export function isDisturbed(pair: readonly Pick<TrialEnd, 'lateness'>[], tolerance: number): boolean {
  return pair.length > 1 && pair.every(({ lateness }) => lateness > tolerance);
}
