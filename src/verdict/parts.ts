import { partSlopes, type ArmSlopes, type Cutting, type GatedSubject, type TrialPair } from '../evidence/index.js';
import { LIVE_METRIC, PRIMARY_METRIC, type ArmName, type Metric } from '../model/index.js';
import type { PartGrowth } from '../results/index.js';
import type { GrowthEvidence } from '../statistics/estimators/growth-evidence.js';
import { leastSpread, type LeastSpread, type VarianceFloor } from '../statistics/estimators/variance-floor.js';
import { LIVE_QUANTUM_BYTES } from '../statistics/method.js';
import { estimateOf } from './estimate-of.js';

/**
 * The parts whose sum is the deciding metric (in addition to swapped memory). Then page cache, which does not count,
 * and the live heap, which is a part of anonymous memory.
 */
const PARTS: readonly { readonly metric: Metric; readonly counted: boolean }[] = [
  { metric: 'anon_bytes', counted: true },
  { metric: 'shmem_bytes', counted: true },
  { metric: 'kernel_unreclaimable_bytes', counted: true },
  { metric: 'file_bytes', counted: false },
  { metric: LIVE_METRIC, counted: false },
];

/**
 * The growth of a service by kind of memory. It is shown and never judged. Like the service's interval, its intervals
 * use at least the spread of the service's own growth.
 */
export function growthInParts(
  { subject, evidence }: GatedSubject,
  pairs: readonly TrialPair[],
  cutting: Cutting,
): PartGrowth[] {
  if (subject.metric !== PRIMARY_METRIC || evidence === null || evidence.differences.length < 2) return [];
  return PARTS.flatMap(({ metric, counted }): PartGrowth[] => {
    const slopes = partSlopes(subject, metric, pairs, cutting);
    const least = leastSpread(metric === LIVE_METRIC ? liveFloor(evidence) : evidence.floor);
    const growth = { baseline: on('baseline', slopes, least), candidate: on('candidate', slopes, least) };
    if (growth.baseline === null && growth.candidate === null) return [];
    const differences = slopes.flatMap(({ baseline, candidate }) =>
      baseline === null || candidate === null ? [] : [candidate - baseline],
    );
    return [{ metric, counted, growth, difference: estimateOf(differences, least) }];
  });
}

function on(arm: ArmName, slopes: readonly ArmSlopes[], least: LeastSpread): PartGrowth['difference'] {
  const known = slopes.flatMap((one) => one[arm] ?? []);
  return known.length < slopes.length ? null : estimateOf(known, least);
}

/** Live heap is counted to the byte: it has no steps but those of the blocks that requests hold for a moment. */
function liveFloor({ floor: { requests } }: GrowthEvidence): VarianceFloor {
  return { quantum: LIVE_QUANTUM_BYTES, requests, sawtooth: 0 };
}
