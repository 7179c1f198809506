import type { ArmName } from '../../model/index.js';
import { h, type Child } from '../node.js';
import type { Curve } from './curve.js';
import { px, SIZE } from './frame.js';
import type { Scale } from './scale.js';

/** Height of a name in picture units, with the space around it. */
const HEIGHT = 13;

/** Where a curve is named, in picture units. */
export interface NamedPoint {
  readonly arm: ArmName;
  readonly x: number;
  readonly y: number;
}

/** The last point of each curve inside the picture. */
export function endsOf(curves: readonly Curve[], x: Scale, y: Scale): readonly NamedPoint[] {
  return curves.flatMap(({ arm, x: across, values }) => {
    const last = values.findLastIndex((value, index) => Number.isFinite(value) && (across[index] ?? 0) <= x.to);
    return last < 0 ? [] : [{ arm, x: x(across[last] ?? 0), y: y(values[last] ?? 0) }];
  });
}

/**
 * The name of each version at its curve, so that a reader who sees no colours can tell the curves apart. A name stands
 * above its curve. If both points are near each other, the name of the lower one stands below it.
 */
export function endLabels(points: readonly NamedPoint[]): Child {
  const [upper, lower] = [...points].sort((a, b) => a.y - b.y);
  if (upper === undefined) return null;
  if (lower === undefined) return label(upper, upper.y - 6);
  const isNear = lower.y - upper.y < 2 * HEIGHT && Math.abs(lower.x - upper.x) < SIZE.width / 4;
  const lowerAt = Math.min(SIZE.bottom - 4, isNear ? lower.y + HEIGHT + 2 : lower.y - 6);
  const upperAt = isNear ? Math.min(upper.y - 6, lowerAt - HEIGHT) : upper.y - 6;
  return [label(upper, upperAt), label(lower, lowerAt)];
}

function label({ arm, x }: NamedPoint, y: number): Child {
  const place = { x: px(Math.min(x, SIZE.right - 2)), y: px(Math.max(SIZE.top + HEIGHT - 2, y)) };
  return h('text', { class: `name end of-${arm}`, ...place }, arm);
}
