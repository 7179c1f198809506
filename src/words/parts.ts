import type { Estimate } from '../results/estimate.js';
import type { PartGrowth } from '../results/part-growth.js';
import { LIVE_METRIC, type Metric } from '../model/series.js';
import { amount, perWhat } from './growth.js';
import { metricName } from './metrics.js';
import { list } from './numbers.js';

/** What a kind of memory contains, for readers who search for the cause of growth. */
const HOLDS: Readonly<Partial<Record<Metric, string>>> = {
  anon_bytes: 'what its processes allocate, such as heap and stacks',
  shmem_bytes: 'shared memory and files in tmpfs, such as /dev/shm',
  kernel_unreclaimable_bytes: 'sockets, page tables and open files',
};

type PartDifference = Omit<PartGrowth, 'growth'>;

/** A part that makes up less of the difference than this is not named. */
const NAMED_SHARE = 0.1;

/**
 * `Of the 8.14 KB per request, 8.12 KB is anonymous memory (what its processes allocate, such as heap and stacks).`
 * Null if the candidate does not surely grow by more, or no kind of memory stands out.
 */
export function partsSentence(
  difference: Estimate | null,
  parts: readonly PartDifference[],
  unit: string,
): string | null {
  if (difference === null || !(difference.lower > 0)) return null;
  const share = (part: PartDifference): number => (part.difference?.value ?? 0) / difference.value;
  const named = parts
    .filter((part) => part.counted && share(part) >= NAMED_SHARE)
    .sort((a, b) => share(b) - share(a))
    .map(({ metric, difference: own }) => `${amount(own?.value ?? 0, unit)} is ${metricName(metric)}${holds(metric)}`);
  return named.length === 0 ? null : `Of the ${amount(difference.value, unit)} ${perWhat(unit)}, ${list(named)}.`;
}

/**
 * `The live heap grows by 7.9 KB per request: the service does not give these blocks back. Its allocator keeps 220 B.`
 * Null if the lens did not count, or the anonymous memory does not surely grow.
 */
export function liveSentence(parts: readonly PartDifference[], unit: string): string | null {
  const grown = parts.find(({ metric }) => metric === 'anon_bytes')?.difference;
  const live = parts.find(({ metric }) => metric === LIVE_METRIC)?.difference;
  if (!grown || !live || !(grown.lower > 0)) return null;
  const kept = grown.value - live.value;
  const rest = kept / grown.value >= NAMED_SHARE ? ` Its allocator keeps ${amount(kept, unit)} that is free.` : '';
  return live.lower > 0
    ? `The live heap grows by ${amount(live.value, unit)} ${perWhat(unit)}: ` +
        `the service does not give these blocks back.${rest}`
    : 'The live heap does not surely grow: the allocator keeps free memory, or the memory is not taken by malloc.';
}

/** Why a kind of memory is not one of those that add up to the growth. */
export function notCounted(metric: Metric): string {
  return metric === LIVE_METRIC ? 'a part of anonymous memory' : 'not counted: the kernel can take it back';
}

function holds(metric: Metric): string {
  const what = HOLDS[metric];
  return what === undefined ? '' : ` (${what})`;
}
