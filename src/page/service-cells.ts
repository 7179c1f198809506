import { valueAbove, type Child } from '../drawing/index.js';
import type { Estimate } from '../results/index.js';
import { estimate } from '../words/growth.js';

/** What stands in a cell without a number. */
export const ABSENT = 'not measured';

/** Stable anchor of a service's part: its index in the sorted list, so that no name becomes an id. */
export function anchor(index: number): string {
  return `service-${index + 1}`;
}

/** A growth with its interval on a second line. */
export function growthCell(nullable: Estimate | null, unit: string): Child {
  if (nullable === null) return ABSENT;
  const { value, interval } = estimate(nullable, unit);
  return valueAbove(value, interval);
}
