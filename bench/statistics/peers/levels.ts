import { mean, type Numbers } from '../../../src/statistics/numbers.js';
import { welchTest } from './welch.js';
import { ALPHA, type PeerPair, type PeerRule } from './rule.js';
import { Z_ONE_SIDED } from './trend.js';

/** Least rise of the mean level that the floored rule reports. */
const LEVEL_FLOOR = 0.05;

function pooled(pairs: readonly PeerPair[], arm: keyof PeerPair): Float64Array {
  return Float64Array.from(pairs.flatMap((pair) => Array.from(pair[arm].y)));
}

/** One-sided Mann–Whitney with the correction for ties, normal approximation. */
function mannWhitneyAlarms(baseline: Numbers, candidate: Numbers): boolean {
  const [n, m] = [baseline.length, candidate.length];
  const all = [
    ...Array.from(baseline, (value) => ({ value, candidate: false })),
    ...Array.from(candidate, (value) => ({ value, candidate: true })),
  ].sort((a, b) => a.value - b.value);
  let rankSum = 0;
  let tied = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && all[to]?.value === all[from]?.value) to += 1;
    const rank = (from + 1 + to) / 2;
    for (let i = from; i < to; i += 1) rankSum += all[i]?.candidate ? rank : 0;
    tied += (to - from) ** 3 - (to - from);
    from = to;
  }
  const total = n + m;
  const u = rankSum - (m * (m + 1)) / 2;
  const variance = ((n * m) / 12) * (total + 1 - tied / (total * (total - 1)));
  return variance > 0 && (u - (n * m) / 2 - 0.5) / Math.sqrt(variance) > Z_ONE_SIDED;
}

function welchAlarms(pairs: readonly PeerPair[], floor: number): boolean {
  const [baseline, candidate] = [pooled(pairs, 'baseline'), pooled(pairs, 'candidate')];
  const rise = mean(candidate) - mean(baseline);
  if (rise <= floor * mean(baseline) || rise <= 0) return false;
  const still = (values: Float64Array): boolean => values.every((value) => value === values[0]);
  if (still(baseline) && still(candidate)) return true;
  return welchTest(baseline, candidate, 0.95).p / 2 < ALPHA;
}

export const LEVEL_RULES: readonly PeerRule[] = [
  {
    name: 'Mann–Whitney on levels',
    alarms: (pairs) => mannWhitneyAlarms(pooled(pairs, 'baseline'), pooled(pairs, 'candidate')),
  },
  { name: 'Welch on levels', alarms: (pairs) => welchAlarms(pairs, 0) },
  { name: 'Welch on levels, 5 % floor', alarms: (pairs) => welchAlarms(pairs, LEVEL_FLOOR) },
];
