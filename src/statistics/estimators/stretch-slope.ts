import { at, mean, type Curve } from '../numbers.js';

/**
 * One slope for several stretches of a curve, each with its own level, y units per x unit: Σ(x−x̄ₛ)(y−ȳₛ) /
 * Σ(x−x̄ₛ)² over all stretches s. What happens between the stretches is not part of it. Domain: one stretch or
 * more, x varying in one of them.
 * @throws RangeError outside it. Linear time. Source: the pooled slope of an analysis of covariance (Fisher,
 * Statistical Methods, §49.1).
 */
export function stretchSlope(stretches: readonly Curve[]): number {
  let [sxx, sxy] = [0, 0];
  for (const { x, y } of stretches) {
    const [meanX, meanY] = [mean(x), mean(y)];
    for (let i = 0; i < x.length; i += 1) {
      sxx += (at(x, i) - meanX) ** 2;
      sxy += (at(x, i) - meanX) * (at(y, i) - meanY);
    }
  }
  if (!(sxx > 0)) throw new RangeError('no slope: x varies in no stretch');
  return sxy / sxx;
}
