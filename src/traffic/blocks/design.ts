import { createRandom, shuffle, type Random } from '../random.js';
import { signRows, type Sign } from './sign-rows.js';
import { SWING } from './split-pair.js';

/** Number of designs that are tried. */
const TRIED = 4000;
/**
 * Weights of a change of slope in the whole window, in its halves and in its thirds. The whole is judged; the guards
 * look at the parts.
 */
const WEIGHTS = [40, 2, 1] as const;

/**
 * The signs of each pair of blocks: the rows of `signRows`, each equally often, in a seeded order and in both
 * directions. Of many seeded orders, the one is used in which the varying mix changes the slope of memory least if any
 * one label leaks, because growth under the ordinary mix is judged.
 * @param shares of the groups, 0…1
 */
export function pairSigns(shares: readonly number[], pairs: number, seed: number): readonly (readonly Sign[])[] {
  const random = createRandom(seed, 'design');
  const rows = signRows(shares.length);
  let best = { signs: orderOf(rows, pairs, random), moved: Infinity };
  for (let i = 0; i < TRIED; i++) {
    const signs = orderOf(rows, pairs, random);
    const moved = greatestMove(signs, shares);
    if (moved < best.moved) best = { signs, moved };
  }
  return best.signs;
}

function orderOf(rows: readonly (readonly Sign[])[], pairs: number, random: Random): (readonly Sign[])[] {
  const shuffled = shuffle([...rows], random);
  const used = Array.from({ length: pairs }, (_, pair) => shuffled[pair % shuffled.length] as readonly Sign[]);
  return shuffle(used, random).map((row) => (random.below(2) === 0 ? row : row.map((sign) => (sign === 1 ? -1 : 1))));
}

/**
 * The largest change of the slope of the window and of its parts by a leak of one group, as a weighted share of the
 * leak's own slope.
 */
function greatestMove(signs: readonly (readonly Sign[])[], shares: readonly number[]): number {
  const ahead = signs.map((row) => aheadIn(row, shares));
  return Math.max(
    ...WEIGHTS.flatMap((weight, i) =>
      partsOf(ahead, i + 1).flatMap((part) =>
        shares.map((_, group) => weight * Math.abs(trendOf(part.map((row) => row[group] as number)))),
      ),
    ),
  );
}

function partsOf<T>(items: readonly T[], parts: number): T[][] {
  return Array.from({ length: parts }, (_, part) =>
    items.slice((part * items.length) / parts, ((part + 1) * items.length) / parts),
  );
}

/** By what share of itself each group is more frequent in the first block of a pair. */
function aheadIn(row: readonly Sign[], shares: readonly number[]): number[] {
  const up = shares.reduce((sum, share, group) => sum + (row[group] === 1 ? share : 0), 0);
  const moved = SWING * Math.min(up, 1 - up);
  return row.map((sign) => (sign * moved) / (sign === 1 ? up : 1 - up));
}

/**
 * The least-squares slope of a curve that is a straight line plus one triangle per pair, as a share of that line's
 * slope. If a label has the share h more in the first block, it is h blocks ahead in the pair's middle, and back at its
 * share at the end. For n pairs: 3 Σ h(i − ī)/n³.
 */
function trendOf(heights: readonly number[]): number {
  const middle = (heights.length - 1) / 2;
  return (3 * heights.reduce((sum, height, pair) => sum + height * (pair - middle), 0)) / heights.length ** 3;
}
