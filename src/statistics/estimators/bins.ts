import { at, requirePoints, type Curve, type Numbers } from '../numbers.js';

/**
 * Means of `count` consecutive stretches of a curve. Each stretch has as nearly the same number of points as possible.
 * Domain: at least `count` points.
 * @throws RangeError outside it. Linear time.
 */
export function equalCountBins(curve: Curve, count: number): { readonly x: Float64Array; readonly y: Float64Array } {
  requirePoints(curve.x, curve.y, count);
  const n = curve.x.length;
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const x0 = at(curve.x, 0);
  const y0 = at(curve.y, 0);
  for (let bin = 0; bin < count; bin += 1) {
    const from = Math.floor((bin * n) / count);
    const to = Math.floor(((bin + 1) * n) / count);
    let sumX = 0;
    let sumY = 0;
    for (let i = from; i < to; i += 1) {
      sumX += at(curve.x, i) - x0;
      sumY += at(curve.y, i) - y0;
    }
    x[bin] = x0 + sumX / (to - from);
    y[bin] = y0 + sumY / (to - from);
  }
  return { x, y };
}

/**
 * Means of y over consecutive stretches of `width` in `time`, counted from the first time. Empty stretches are left
 * out. This removes bursts of one sample before falls are measured. Domain: width > 0, time rising. Linear time.
 */
export function meansOver(time: Numbers, y: Numbers, width: number): Float64Array {
  requirePoints(time, y, 1);
  if (!(width > 0)) throw new RangeError(`bin width ${width} is not positive`);
  const means: number[] = [];
  let sum = 0;
  let count = 0;
  let edge = at(time, 0) + width;
  for (let i = 0; i < time.length; i += 1) {
    if (at(time, i) >= edge) {
      if (count > 0) means.push(sum / count);
      sum = 0;
      count = 0;
      edge += width * (1 + Math.floor((at(time, i) - edge) / width));
    }
    sum += at(y, i);
    count += 1;
  }
  means.push(sum / count);
  return Float64Array.from(means);
}
