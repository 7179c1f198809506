import { FELL_BACK_CYCLES, FELL_BACK_SHARE } from '../statistics/method.js';
import { median } from '../statistics/numbers.js';
import type { Guard } from './guard.js';

/**
 * FELL-BACK guard on a FAIL that no longer pair will confirm. If a collector is slower than the window, memory rises in
 * every replicate in the same way. It shows itself before the window began: memory fell by more than half of the growth
 * over the window, and not twice. (A fall inside the window would have increased the variance floor.) Source:
 * docs/method.md#step-6-guards
 */
export const fallGuard: Guard = ({ fromLoadStart, steadyGrowth, floor }, { unconfirmed }) => {
  if (unconfirmed !== true || fromLoadStart === null) return null;
  const height = median(fromLoadStart.map(({ drawdown }) => drawdown));
  const cycles = median(fromLoadStart.map(({ decreases }) => decreases / Math.max(height, 1)));
  return cycles < FELL_BACK_CYCLES && height > FELL_BACK_SHARE * steadyGrowth * floor.requests
    ? { code: 'FELL-BACK', height }
    : null;
};
