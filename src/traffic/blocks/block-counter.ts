import type { TrafficBlocks } from '../../model/index.js';
import type { LabelShare } from './groups.js';
import { groupOf, pairStart, type BlockLayout } from './layout.js';

/** Counts the requests of a trace in each block, while they are made. */
export interface BlockCounter {
  add(index: number, entry: number): void;
  done(): TrafficBlocks;
}

export function blockCounter(shares: readonly LabelShare[], layout: BlockLayout): BlockCounter {
  const groups = groupOf(shares, layout);
  const starts = Array.from({ length: layout.pairs }, (_, pair) => {
    const [from, to] = [pairStart(layout, pair), pairStart(layout, pair + 1)];
    return [from, from + Math.floor((to - from) / 2)];
  }).flat();
  const counts = starts.map(() => layout.groups.map(() => 0));
  let block = 0;
  return {
    add: (index, entry) => {
      if (index < layout.first || index >= layout.first + layout.window) return;
      while (index >= (starts[block + 1] ?? Infinity)) block++;
      const group = groups[entry] as number;
      (counts[block] as number[])[group] = (counts[block]?.[group] ?? 0) + 1;
    },
    done: () => ({ groups: layout.groups, first: layout.first, counts }),
  };
}
