import type { Estimate } from '../estimate.js';
import type { Stated } from '../../model/stated.js';

/** Labels that vary together, and their growth per request of them. */
export interface NamedGrowth {
  readonly labels: readonly string[];
  readonly growth: Estimate;
}

interface Blamed {
  readonly role: string;
  readonly unit: string;
  readonly named: readonly NamedGrowth[];
  /** All other labels together; null if there are none. */
  readonly rest: { readonly labels: readonly string[]; readonly growth: Estimate } | null;
}

/** Which requests make one service grow. */
export interface AttributionFacts {
  readonly 'labels-grow-more': Blamed;
  readonly 'labels-grow-in-candidate': Blamed;
  readonly 'labels-grow-in-baseline': Blamed;
  readonly 'no-label-named': { readonly role: string; readonly unit: string; readonly wouldTake: number };
}
export type AttributionStatement = Stated<AttributionFacts>;
