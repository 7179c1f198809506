import type { ArmName } from '../model/arm.js';
import type { Estimate } from './estimate.js';
import type { FreeMemory } from './free-memory.js';
import type { AttributionStatement } from './statement/index.js';

/**
 * Growth per request of one label, or of several labels that vary together. The intervals of a column hold for all its
 * labels together.
 */
export interface LabelGrowth {
  readonly labels: readonly string[];
  /** Its share of the requests in the window, 0…1. */
  readonly share: number;
  readonly baseline: Estimate | null;
  readonly candidate: Estimate | null;
  /** Candidate minus baseline. */
  readonly difference: Estimate | null;
}

/** The columns of an attribution. */
export const ATTRIBUTED = ['baseline', 'candidate', 'difference'] as const;
export type Attributed = (typeof ATTRIBUTED)[number];

/** What one column blames. */
export interface Blame {
  /** Labels whose interval lies above the margin, the fastest growth first. */
  readonly named: readonly LabelGrowth[];
  /** All other labels together, per request of any of them; null if every label is named. */
  readonly rest: Estimate | null;
}

/**
 * What the growth of one label means for the service: how long the free memory lasts if a client sends only these
 * requests, and which rate limit prevents that.
 */
export interface Exhaustion {
  readonly arm: ArmName;
  readonly labels: readonly string[];
  readonly ratePerSecond: number;
  readonly room: FreeMemory;
  /** Seconds until this label alone has used the free memory, from the growth and the ends of its interval. */
  readonly seconds: { readonly value: number; readonly shortest: number; readonly longest: number };
  /** How long the service should live, seconds. `stated`: the scenario says so. */
  readonly horizon: { readonly seconds: number; readonly stated: boolean };
  /**
   * Requests per second of this label with which the memory lasts that long, if the named labels share it equally; 0 if
   * the labels that are not named use it up alone.
   */
  readonly rateLimit: number;
  /** Growth of these labels in this arm. */
  readonly growth: Estimate;
  /** How many named labels share the memory in the rate limit. */
  readonly sharedBy: number;
}

/** Which requests make one service grow: its growth by label. */
export interface Attribution {
  readonly role: string;
  readonly metric: string;
  readonly unit: string;
  /** A label is named if it surely exceeds this, bytes per request. */
  readonly threshold: number;
  readonly labels: readonly LabelGrowth[];
  readonly blame: Readonly<Record<Attributed, Blame>>;
  readonly exhaustion: readonly Exhaustion[];
  readonly said: readonly AttributionStatement[];
}
