import type { ArmName } from './arm.js';

/** Version of the file that `slopegate hunt` writes. */
export const HUNT_SCHEMA = 'slopegate.hunt/1';

/** Where the shapes of requests come from. */
export type ShapeSource = 'scenario' | 'journey' | 'recording' | 'attacks' | 'catalogue';

/**
 * What one version does with the memory of a shape. `keeps`: each batch leaves about the same on the live heap.
 * `gives-back`: the live heap returns to where it was. `undecided`: neither, after the longest batches.
 * `unmeasured`: requests could not be sent, or the counters could not be read.
 */
export type Standing = 'keeps' | 'gives-back' | 'undecided' | 'unmeasured';

/** One shape on one version. */
export interface HuntWeight {
  readonly standing: Standing;
  /** What the memory grows with, if it is kept. */
  readonly per: 'request' | 'connection';
  /** Bytes kept for each `per`; 0 unless they are kept. */
  readonly bytes: number;
  /** The service that keeps them; null unless one does. */
  readonly service: string | null;
  /** Statuses of the answers, most frequent first. */
  readonly statuses: readonly string[];
  /** Requests that were sent to decide it. */
  readonly requests: number;
}

/**
 * On which versions the memory is kept. `more`: on both, and on the candidate much more. `unknown`: one of them is not
 * decided, or only one of them served the requests.
 */
export type KeptOn = 'candidate' | 'more' | 'baseline' | 'both' | 'neither' | 'unknown';

export interface HuntRow {
  readonly shape: string;
  readonly source: ShapeSource;
  readonly method: string;
  readonly target: string;
  readonly contentType: string | null;
  readonly keptOn: KeptOn;
  readonly weights: Readonly<Record<ArmName, HuntWeight>>;
  /**
   * Seconds in which the candidate keeps 1 GiB of this shape alone at the scenario's rate; null if it keeps none, or
   * keeps it per connection.
   */
  readonly secondsToGibibyte: number | null;
}

/** A shape of which the candidate keeps memory, alone or much more than the baseline; made as small as possible. */
export interface HuntFinding {
  readonly shape: string;
  /** The smallest request that still leaves memory behind, as it is sent; secrets are masked. */
  readonly request: string;
  /** Bytes that it leaves for each `per`. */
  readonly bytes: number;
  readonly per: HuntWeight['per'];
  /** Requests that were weighed to make it smaller. */
  readonly trials: number;
  /** Other shapes that keep the same number of bytes within a few percent: probably the same cause. */
  readonly alike: readonly string[];
  /** Name of the scenario file that sends it; null if the scenario has phases, which exclude recorded requests. */
  readonly scenario: string | null;
}

/** What `slopegate hunt` found. */
export interface HuntResult {
  readonly schema: typeof HUNT_SCHEMA;
  readonly scenario: string;
  readonly startedAt: string;
  readonly seconds: number;
  readonly labels: Readonly<Record<ArmName, string>>;
  readonly images: Readonly<Record<ArmName, Readonly<Record<string, string>>>>;
  /** Requests per second by which times are computed. */
  readonly rate: number;
  /** Services that were weighed. */
  readonly services: readonly string[];
  /** Judged services that the lens does not count. */
  readonly unseen: readonly string[];
  /** All shapes. There are fewer rows if a version did not answer any more, or the hunt was cut off. */
  readonly shapes: number;
  readonly rows: readonly HuntRow[];
  readonly findings: readonly HuntFinding[];
}
