import { wholeNumbers } from '../whole-numbers.js';
import type { Sign } from './sign-rows.js';

/** A share becomes larger or smaller by at most this share of itself. */
export const SWING = 0.8;

/**
 * The requests of each entry in the first block of a pair that has `counts` of them. The second block has the rest, so
 * both together have the ordinary mix. Entries with the sign 1 are more frequent in the first block, those with −1 in
 * the second. What one group gains the other loses, each in proportion, and no share changes by more than 80 % of
 * itself. Whole numbers by largest remainder. Domain: counts ≥ 0, a sign for each.
 */
export function splitPair(counts: readonly number[], signs: readonly Sign[]): number[] {
  const total = sum(counts);
  const half = Math.floor(total / 2);
  const up = sum(counts.filter((_, i) => signs[i] === 1));
  const moved = (SWING * Math.min(up, total - up)) / total;
  const wanted = counts.map((count, i) => {
    const side = signs[i] === 1 ? up : total - up;
    return count === 0 ? 0 : (half / total) * count + ((signs[i] ?? 1) * moved * half * count) / side;
  });
  return wholeNumbers(wanted, half);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
