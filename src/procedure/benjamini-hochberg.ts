import { at, type Numbers } from '../statistics/numbers.js';

/**
 * Benjamini and Hochberg's step-up adjustment. If the adjusted values are compared with a rate, at most this share of
 * what is found is expected to be false, for tests that are independent or positively dependent. The result has the
 * order of the input. Domain: p in [0, 1]. Source: Benjamini and Hochberg, J. R. Statist. Soc. B 57 (1995).
 * @example falseDiscoveryAdjusted([0.01, 0.04, 0.03]) // [0.03, 0.04, 0.04]
 */
export function falseDiscoveryAdjusted(p: Numbers): number[] {
  const order = Array.from(p, (_, i) => i).sort((a, b) => at(p, b) - at(p, a));
  const adjusted = Array.from<number>({ length: p.length });
  let running = 1;
  for (const [rank, i] of order.entries()) {
    running = Math.min(running, (p.length / (p.length - rank)) * at(p, i));
    adjusted[i] = running;
  }
  return adjusted;
}
