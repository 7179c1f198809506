import type { Spread, TrialRecording } from '../../model/index.js';

/** The latency of a trial in its window, ms; with `drift`, that of the last third minus that of the first. */
export function latencyOf(percentile: 'p50' | 'p99', drift = false) {
  return ({ replay }: TrialRecording): { readonly value: number; readonly level: number } | null => {
    const latency = replay?.latencyInWindow;
    if (latency === undefined) return null;
    const [first, , last] = latency.thirds;
    // All are 0 if nothing was answered.
    if ([latency.whole, first, last].some(({ max }: Spread) => max === 0)) return null;
    const level = latency.whole[percentile];
    return { value: drift ? last[percentile] - first[percentile] : level, level };
  };
}
