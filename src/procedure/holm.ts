import { at, type Numbers } from '../statistics/numbers.js';

/**
 * Holm's step-down adjustment. If the adjusted values are compared with alpha, the probability of any false rejection
 * in the family stays below alpha, whatever the dependence is. The result has the order of the input. Domain: p in [0,
 * 1]. Source: Holm, Scand. J. Statist. 6 (1979).
 */
export function holmAdjusted(p: Numbers): number[] {
  const order = Array.from(p, (_, i) => i).sort((a, b) => at(p, a) - at(p, b));
  const adjusted = Array.from<number>({ length: p.length });
  let running = 0;
  for (const [rank, i] of order.entries()) {
    running = Math.max(running, Math.min(1, (p.length - rank) * at(p, i)));
    adjusted[i] = running;
  }
  return adjusted;
}
