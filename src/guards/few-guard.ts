import { segmentSlopes } from '../statistics/estimators/segment-slopes.js';
import { FEW_PARTS, FEWEST_POINTS } from '../statistics/method.js';
import { at, type Curve } from '../statistics/numbers.js';
import type { Guard } from './guard.js';
import type { Objection } from './objection.js';

/**
 * FEW guard on a PASS. So few readings do not show the shape of the growth: a late leak or one that is masked looks
 * like none. Source: docs/method.md#step-6-guards
 */
export const fewGuard: Guard = ({ curves }) => objection(curves);

/**
 * FEW guard on a FAIL. The guards that look for steps and for growth that stops need more readings. So few prove a leak
 * only if every part of every replicate grows by more than the margin: neither a step nor a fill does that.
 * Source: docs/method.md#step-6-guards
 */
export const fewAndUnsteadyGuard: Guard = ({ curves }, { margin }) =>
  curves.every((curve) => segmentSlopes(curve, FEW_PARTS).every((slope) => slope > margin)) ? null : objection(curves);

function objection(curves: readonly Curve[]): Extract<Objection, { code: 'FEW' }> | null {
  const [shortest] = [...curves].sort((a, b) => a.x.length - b.x.length);
  if (shortest === undefined || shortest.x.length >= FEWEST_POINTS) return null;
  const readings = shortest.x.length;
  const width = at(shortest.x, readings - 1) - at(shortest.x, 0);
  return { code: 'FEW', readings, needed: (width * (FEWEST_POINTS - 1)) / (readings - 1) };
}
