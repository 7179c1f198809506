import type { ArmSeries } from '../../../src/statistics/estimators/pair-measure.js';

/** One pair as a peer rule sees it. */
export interface PeerPair {
  readonly baseline: ArmSeries;
  readonly candidate: ArmSeries;
}

/** A rule that people use today: does it report the candidate as a regression? */
export interface PeerRule {
  readonly name: string;
  /** One pair, or all replicates of ours with their samples pooled or their verdicts counted. */
  readonly alarms: (pairs: readonly PeerPair[]) => boolean;
}

/** A rule for one pair, applied to several: the majority decides. */
export function byMajority(name: string, alarms: (pair: PeerPair) => boolean): PeerRule {
  return { name, alarms: (pairs) => 2 * pairs.filter(alarms).length > pairs.length };
}

/** The usual level of the textbook tests. */
export const ALPHA = 0.05;
/** The memory limit of the simulated services. */
export const LIMIT = 1024 ** 3;
