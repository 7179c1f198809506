/** The largest number of points of a drawn series. */
export const PLOT_POINTS = 400;
/** If there are many series, each may still have this many points. */
const FEWEST_POINTS = 40;
/** All series of a result together have about this many points, so that a page of many services is not too large. */
const ALL_POINTS = 40_000;

/**
 * How many points each of several series may have.
 * @param weights how important each of them is, compared with the others
 * @example pointLimits([3, 1]) // [400, 400]
 */
export function pointLimits(weights: readonly number[]): readonly number[] {
  const one = ALL_POINTS / weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => Math.round(Math.min(PLOT_POINTS, Math.max(FEWEST_POINTS, weight * one))));
}

/**
 * Indices of at most `limit` points that keep the picture: the first, the last, and the lowest and the highest of each
 * equal stretch, in their order. Unlike an average or every n-th point it hides no peak, no dip and no step.
 */
export function thin(values: ArrayLike<number>, limit: number = PLOT_POINTS): number[] {
  const finite: number[] = [];
  for (let index = 0; index < values.length; index += 1) if (Number.isFinite(values[index])) finite.push(index);
  if (finite.length <= limit) return finite;
  const buckets = Math.floor((limit - 2) / 2);
  const kept = new Set<number>([finite[0] ?? 0]);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const from = Math.floor((bucket * finite.length) / buckets);
    const to = Math.floor(((bucket + 1) * finite.length) / buckets);
    const [lowest, highest] = extremes(values, finite, from, to);
    kept.add(Math.min(lowest, highest)).add(Math.max(lowest, highest));
  }
  return [...kept.add(finite[finite.length - 1] ?? 0)];
}

function extremes(
  values: ArrayLike<number>,
  indices: readonly number[],
  from: number,
  to: number,
): [lowest: number, highest: number] {
  let lowest = indices[from] ?? 0;
  let highest = lowest;
  for (let position = from; position < to; position += 1) {
    const index = indices[position] ?? 0;
    const value = values[index] ?? 0;
    if (value < (values[lowest] ?? 0)) lowest = index;
    if (value > (values[highest] ?? 0)) highest = index;
  }
  return [lowest, highest];
}
