import { incompleteBeta } from './incomplete-beta.js';
import { invertTail } from './invert-tail.js';

/**
 * Upper tail P(T > t) of Student's t with `df` degrees of freedom (> 0, not necessarily whole), by the incomplete beta
 * function: P(|T| > t) = I_{df/(df+t²)}(df/2, 1/2). Relative error below 1e-12 in the tail.
 * @throws RangeError for df ≤ 0 or NaN
 */
export function tUpperTail(t: number, df: number): number {
  if (!(df > 0) || Number.isNaN(t)) throw new RangeError(`t = ${t} with ${df} degrees of freedom is undefined`);
  if (t === Infinity) return 0;
  if (t === -Infinity) return 1;
  // Dividing by the larger of the two keeps t² from overflowing.
  const ratio = (t / df) * t;
  const x = ratio > 1 ? 1 / ratio / (1 + 1 / ratio) : 1 / (1 + ratio);
  const complement = ratio > 1 ? 1 / (1 + 1 / ratio) : ratio / (1 + ratio);
  const half = incompleteBeta(df / 2, 0.5, x, complement) / 2;
  return t >= 0 ? half : 1 - half;
}

/**
 * The t that a fraction `alpha` of Student's t distribution lies above. It uses the tail itself and not 1 − alpha, so
 * it keeps full precision down to alpha = 1e-12 and beyond. Domain: 0 < alpha < 1, df > 0.
 * @throws RangeError outside it.
 */
export function tUpperQuantile(alpha: number, df: number): number {
  if (!(alpha > 0 && alpha < 1) || !(df > 0))
    throw new RangeError(`no t quantile for alpha ${alpha}, ${df} degrees of freedom`);
  if (alpha === 0.5) return 0;
  if (alpha > 0.5) return -tUpperQuantile(1 - alpha, df);
  return invertTail((t) => tUpperTail(t, df), alpha);
}
