import { constantPacer } from './constant.js';
import { risingPacer, type Pacer } from './pacer.js';

/**
 * A rate that rises evenly from `from` to `to` requests per second while `count` requests leave.
 *
 * The number sent by time t is n(t) = from · t + (to − from) · t² / 2T, where T = 2 · count / (from + to) is the
 * length.
 * A request is due at the inverse of n. Domain: from, to > 0.
 */
export function rampPacer(from: number, to: number, count: number): Pacer {
  const total = (2 * count) / (from + to);
  const slope = (to - from) / total;
  if (slope === 0) return constantPacer(to, count);
  return risingPacer((index) => (1000 * (Math.sqrt(from * from + 2 * slope * index) - from)) / slope, count);
}
