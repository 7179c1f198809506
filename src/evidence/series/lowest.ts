import type { ArmSeries } from '../../statistics/estimators/pair-measure.js';

/**
 * The lowest reading of each of `parts` equal stretches of a series. What requests hold for a moment only adds to a
 * level, so the lowest readings are those with the fewest requests on their way. The series itself if it is too short.
 */
export function lowestOf(series: ArmSeries, parts: number): ArmSeries {
  const { time, x, y } = series;
  if (y.length < 2 * parts) return series;
  const lowest = Array.from({ length: parts }, (_, part) => {
    const from = Math.floor((part * y.length) / parts);
    const to = Math.floor(((part + 1) * y.length) / parts);
    let least = from;
    for (let i = from + 1; i < to; i += 1) if ((y[i] as number) < (y[least] as number)) least = i;
    return least;
  });
  const pick = (values: ArmSeries['x']): Float64Array => Float64Array.from(lowest, (i) => values[i] as number);
  return { time: pick(time), x: pick(x), y: pick(y) };
}
