/**
 * ln Γ(x) − Stirling's leading terms, for x ≥ 10: the Bernoulli series to x⁻¹¹ (next term below 1e-15).
 * Source: Abramowitz & Stegun 6.1.41.
 */
function stirlingCorrection(x: number): number {
  const square = 1 / (x * x);
  return (
    (1 / 12 -
      square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - (square * 691) / 360360))))) /
    x
  );
}

const HALF_LOG_TWO_PI = 0.9189385332046727;

/** ln Γ(x) for x > 0: recurrence up to x ≥ 10, then Stirling's series. */
export function logGamma(x: number): number {
  let product = 1;
  let shifted = x;
  while (shifted < 10) product *= shifted++;
  return (
    (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + stirlingCorrection(shifted) - Math.log(product)
  );
}

/**
 * ln B(a, b) for a, b > 0. Large arguments are combined before anything is subtracted, so that
 * thousands of degrees of freedom cost no digits. Source: DiDonato & Morris, ACM TOMS 708 (1992).
 */
export function logBeta(a: number, b: number): number {
  const p = Math.min(a, b);
  const q = Math.max(a, b);
  if (q < 10) return logGamma(p) + logGamma(q) - logGamma(p + q);
  const tail = stirlingCorrection(q) - stirlingCorrection(p + q) + (q - 0.5) * -Math.log1p(p / q);
  if (p < 10) return logGamma(p) + p - p * Math.log(p + q) + tail;
  return stirlingCorrection(p) + tail + (p - 0.5) * Math.log(p / (p + q)) - 0.5 * Math.log(p + q) + HALF_LOG_TWO_PI;
}
