import { mixOrder, spread } from '../order.js';
import { createRandom } from '../random.js';
import { pairSigns } from './design.js';
import type { LabelShare } from './groups.js';
import { groupOf, pairStart, type BlockLayout } from './layout.js';
import type { Sign } from './sign-rows.js';
import { splitPair } from './split-pair.js';

/** For each pair of blocks, which groups come more often in its first block. */
export type BlockSigns = readonly (readonly Sign[])[];

/**
 * The signs of a layout. Thousands of designs are tried, so this is done once for a trace and not in every iteration.
 */
export function blockSigns(shares: readonly LabelShare[], layout: BlockLayout, seed: number): BlockSigns {
  return pairSigns(groupShares(shares, groupOf(shares, layout)), layout.pairs, seed);
}

/**
 * The order of `mixOrder`, with shares that vary during the judged part: the requests of a pair of blocks are divided
 * unequally between the two. So every pair has the ordinary mix, and no label is ever further from it than half a
 * block.
 * @param signs of `blockSigns`
 */
export function* blockOrder(
  shares: readonly LabelShare[],
  layout: BlockLayout,
  signs: BlockSigns,
  seed: number,
): Generator<number, never> {
  const weights = shares.map(({ weight }) => weight);
  const groups = groupOf(shares, layout);
  const even = mixOrder(weights, seed);
  const random = createRandom(seed, 'blocks');
  for (let index = 0; index < layout.first; index++) yield even.next().value;
  for (let pair = 0; ; pair++) {
    const counts = weights.map(() => 0);
    for (let index = pairStart(layout, pair); index < pairStart(layout, pair + 1); index++) {
      const entry = even.next().value;
      counts[entry] = (counts[entry] as number) + 1;
    }
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
