import { h, type Child } from '../node.js';
import type { Curve } from './curve.js';
import { px, SIZE } from './frame.js';
import type { Scale } from './scale.js';

/** Height of a name in picture units, with the space around it. */
const HEIGHT = 15;

/**
 * The name of each version at the end of its curve, so that a reader who sees no colours can tell the curves apart. A
 * name stands above its curve. If both curves end near each other, the name of the lower one stands below it.
 */
export function endLabels(curves: readonly Curve[], x: Scale, y: Scale): Child {
  const ends = curves
    .flatMap(({ arm, x: across, values }) => {
      const last = values.findLastIndex((value, index) => Number.isFinite(value) && (across[index] ?? 0) <= x.to);
      return last < 0 ? [] : [{ arm, x: x(across[last] ?? 0), y: y(values[last] ?? 0) }];
    })
    .sort((a, b) => a.y - b.y);
  const [upper, lower] = ends;
  const isNear = upper !== undefined && lower !== undefined && lower.y - upper.y < 2 * HEIGHT;
  return ends.map((end) => {
    const at = isNear && end === lower ? end.y + HEIGHT : end.y - 6;
    return h(
      'text',
      {
        class: `name end of-${end.arm}`,
        x: px(Math.min(end.x, SIZE.right - 2)),
        y: px(Math.min(SIZE.bottom - 4, Math.max(SIZE.top + HEIGHT - 4, at))),
      },
      end.arm,
    );
  });
}
