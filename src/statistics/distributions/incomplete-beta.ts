import { logBeta } from './log-beta.js';

const TINY = 1e-300;

/** Continued fraction of the incomplete beta function by Lentz's method. Source: NIST DLMF 8.17.22. */
function continuedFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 20_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / notZero(1 + even * d);
    c = notZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / notZero(1 + odd * d);
    c = notZero(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return fraction;
}

function notZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

/**
 * Regularised incomplete beta function I_x(a, b). The caller gives both x and its complement 1 − x, each computed
 * without cancellation, so that tails far below 1e-16 keep their digits. Domain: a, b > 0; 0 ≤ x ≤ 1.
 * @throws RangeError outside it.
 */
export function incompleteBeta(a: number, b: number, x: number, complement: number = 1 - x): number {
  if (!(a > 0 && b > 0 && x >= 0 && x <= 1)) throw new RangeError(`incompleteBeta(${a}, ${b}, ${x}) is undefined`);
  if (x === 0) return 0;
  if (complement === 0) return 1;
  const logX = x > 0.5 ? Math.log1p(-complement) : Math.log(x);
  const logComplement = complement > 0.5 ? Math.log1p(-x) : Math.log(complement);
  const front = Math.exp(a * logX + b * logComplement - logBeta(a, b));
  if (x <= (a + 1) / (a + b + 2)) return (front * continuedFraction(a, b, x)) / a;
  return 1 - (front * continuedFraction(b, a, complement)) / b;
}
