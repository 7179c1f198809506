import { mixOrder, spread, take } from '../order.js';
import { createRandom } from '../random.js';
import { pairSigns } from './design.js';
import type { LabelShare } from './groups.js';
import { groupOf, pairStart, type BlockLayout } from './layout.js';
import type { Sign } from './sign-rows.js';
import { splitPair } from './split-pair.js';

/**
 * The order of `mixOrder`, in which the shares vary over the judged part: what the plain order has in a pair of blocks
 * is divided
 * unequally between the two. So every pair has the ordinary mix, and no label is ever further from it than half a
 * block.
 */
export function* blockOrder(
  shares: readonly LabelShare[],
  layout: BlockLayout,
  seed: number,
): Generator<number, never> {
  const weights = shares.map(({ weight }) => weight);
  const groups = groupOf(shares, layout);
  const even = mixOrder(weights, seed);
  const random = createRandom(seed, 'blocks');
  const signs = pairSigns(groupShares(shares, groups), layout.pairs, seed);
  yield* take(even, layout.first);
  for (let pair = 0; ; pair++) {
    const counts = weights.map(() => 0);
    for (const entry of take(even, pairStart(layout, pair + 1) - pairStart(layout, pair)))
      counts[entry] = (counts[entry] as number) + 1;
    const row = signs[pair % layout.pairs] as readonly Sign[];
    const one = splitPair(
      counts,
      groups.map((group) => row[group] as Sign),
    );
    yield* spread(one, random);
    yield* spread(
      counts.map((count, entry) => count - (one[entry] as number)),
      random,
    );
  }
}

function groupShares(shares: readonly LabelShare[], groups: readonly number[]): number[] {
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  const sums = Array.from({ length: Math.max(...groups) + 1 }, () => 0);
  for (const [entry, group] of groups.entries())
    sums[group] = (sums[group] as number) + (shares[entry] as LabelShare).weight / total;
  return sums;
}
