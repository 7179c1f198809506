import type { Estimate } from '../model/estimate.js';
import type { PartGrowth } from '../model/part-growth.js';
import type { Metric } from '../model/series.js';
import { amount, perWhat } from './growth.js';
import { metricName } from './metrics.js';
import { list } from './numbers.js';

/** What a kind of memory contains, for readers who search for the cause of growth. */
const HOLDS: Readonly<Partial<Record<Metric, string>>> = {
  anon_bytes: 'what its processes allocate, such as heap and stacks',
  shmem_bytes: 'shared memory and files in tmpfs, such as /dev/shm',
  kernel_unreclaimable_bytes: 'sockets, page tables and open files',
};

/** A part that makes up less of the difference than this is not named. */
const NAMED_SHARE = 0.1;

/**
 * `Of the 8.14 KB per request, 8.12 KB is anonymous memory (what its processes allocate, such as heap and stacks).`
 * Null if the candidate does not surely grow by more, or no kind of memory stands out.
 */
export function partsSentence(difference: Estimate | null, parts: readonly PartGrowth[], unit: string): string | null {
  if (difference === null || !(difference.lower > 0)) return null;
  const share = (part: PartGrowth): number => (part.difference?.value ?? 0) / difference.value;
  const named = parts
    .filter((part) => part.counted && share(part) >= NAMED_SHARE)
    .sort((a, b) => share(b) - share(a))
    .map(({ metric, difference: own }) => `${amount(own?.value ?? 0, unit)} is ${metricName(metric)}${holds(metric)}`);
  return named.length === 0 ? null : `Of the ${amount(difference.value, unit)} ${perWhat(unit)}, ${list(named)}.`;
}

function holds(metric: Metric): string {
  const what = HOLDS[metric];
  return what === undefined ? '' : ` (${what})`;
}
