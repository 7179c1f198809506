import { incompleteBeta } from '../../../src/statistics/distributions/incomplete-beta.js';
import { invertTail } from '../../../src/statistics/distributions/invert-tail.js';

/**
 * Upper tail P(F > f) of the F distribution, f ≥ 0: I_{d2/(d2+d1 f)}(d2/2, d1/2). @throws RangeError outside the
 * domain.
 */
export function fUpperTail(f: number, d1: number, d2: number): number {
  if (!(f >= 0 && d1 > 0 && d2 > 0)) throw new RangeError(`F = ${f} with ${d1}, ${d2} degrees of freedom is undefined`);
  const x = d2 / (d2 + d1 * f);
  return incompleteBeta(d2 / 2, d1 / 2, x, (d1 * f) / (d2 + d1 * f));
}

/**
 * The f that a fraction `alpha` of the F distribution lies above. Domain: 0 < alpha < 1. @throws RangeError outside it.
 */
export function fUpperQuantile(alpha: number, d1: number, d2: number): number {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`no F quantile for alpha ${alpha}`);
  return invertTail((f) => fUpperTail(f, d1, d2), alpha);
}
