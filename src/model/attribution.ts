import type { ArmName } from './arm.js';
import type { Estimate } from './estimate.js';
import type { MemoryRoom } from './memory-room.js';
import type { AttributionStatement } from './statement/index.js';

/**
 * Growth of one label, or of several that vary together, per request of it. Intervals hold for all labels of a column
 * together.
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
  /** Labels whose interval lies above the margin, the fastest first. */
  readonly named: readonly LabelGrowth[];
  /** All the others pooled, per request of any of them; null if every label is named. */
  readonly rest: Estimate | null;
}

/**
 * What a label that grows means for the service: how long the memory to spare lasts against somebody who sends nothing
 * else, and what holds him off.
 */
export interface Exhaustion {
  readonly arm: ArmName;
  readonly labels: readonly string[];
  readonly ratePerSecond: number;
  readonly room: MemoryRoom;
  /** Seconds until the room is used up by this label alone, from the growth and the ends of its interval. */
  readonly seconds: { readonly value: number; readonly shortest: number; readonly longest: number };
  /** How long the service is to live on, seconds; `stated` where the scenario says so. */
  readonly horizon: { readonly seconds: number; readonly stated: boolean };
  /**
   * Requests per second of this label that the room bears for so long, where the named labels share it evenly; 0 where
   * what is not named uses it up alone.
   */
  readonly rateLimit: number;
  /** Growth of these labels in this arm. */
  readonly growth: Estimate;
  /** Named labels that share the room in the rate limit. */
  readonly sharedBy: number;
}

/** Which requests make one service grow: its growth told apart by label. */
export interface Attribution {
  readonly role: string;
  readonly metric: string;
  readonly unit: string;
  /** What a label must surely exceed to be named, bytes per request. */
  readonly threshold: number;
  readonly labels: readonly LabelGrowth[];
  readonly blame: Readonly<Record<Attributed, Blame>>;
  readonly exhaustion: readonly Exhaustion[];
  readonly said: readonly AttributionStatement[];
}
