import type { TrafficBlocks } from '../../model/index.js';
import type { LabelledAxis } from '../../statistics/estimators/label-growth.js';
import { at, type Numbers } from '../../statistics/numbers.js';

/**
 * Requests of each group that were answered at each reading. `answered` is the count at the end of its second. The
 * lowest memory of that second is judged, and if memory grows, this is the memory at the second's beginning. So the
 * count of the reading before is used. Within a block the mix is even, and requests are answered approximately in the
 * order in which they are sent.
 */
export function labelledAxis({ groups, first, counts }: TrafficBlocks, answered: Numbers): LabelledAxis {
  const x = Float64Array.from(answered, (value, i) =>
    i > 0 ? at(answered, i - 1) : Math.max(first, 2 * value - at(answered, 1)),
  );
  const sizes = counts.map((block) => block.reduce((sum, count) => sum + count, 0));
  const starts = sizes.map((_, block) => first + sizes.slice(0, block).reduce((sum, size) => sum + size, 0));
  const before = counts.map((_, block) =>
    groups.map((__, group) => counts.slice(0, block).reduce((sum, row) => sum + (row[group] as number), 0)),
  );
  const blockAt = (count: number): number =>
    Math.max(
      0,
      starts.findLastIndex((start) => start < count),
    );
  const blocks = Array.from(x, blockAt);
  return {
    x,
    counts: groups.map((_, group) =>
      Float64Array.from(blocks, (block, i) => {
        const part = (at(x, i) - (starts[block] as number)) / (sizes[block] as number);
        return (before[block]?.[group] as number) + part * (counts[block]?.[group] as number);
      }),
    ),
    pairs: blocks.map((block) => Math.floor(block / 2)),
  };
}
