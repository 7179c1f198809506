import type { HuntWeight } from '../model/index.js';

/** Version of the file that `slopegate narrow` writes. */
export const NARROW_SCHEMA = 'slopegate.narrow/1';

/** What differs between the two versions of a service and is exchanged as one. */
export interface NarrowPart {
  /** Name of the package, the path, or the setting: `environment LEVEL`, `mount /etc/rules`, `command`. */
  readonly name: string;
  /**
   * A package; a shared library or another file without a package; a file below `/etc`; a folder of many files; a
   * setting of the compose files.
   */
  readonly kind: 'package' | 'library' | 'file' | 'configuration' | 'folder' | 'setting';
  /** Version of the package in each image; null if it is not there, or is no package. */
  readonly baseline: string | null;
  readonly candidate: string | null;
  /** Files that differ; 0 for a setting. */
  readonly files: number;
}

/** A shape of request that is weighed on each mixture. */
export interface NarrowShape {
  readonly shape: string;
  readonly baseline: HuntWeight;
  readonly candidate: HuntWeight;
}

/** The candidate with some parts of the baseline, started anew. */
export interface NarrowMixture {
  /** Names of the parts that come from the baseline. */
  readonly parts: readonly string[];
  /** `stops`: it keeps nothing, or no more than the baseline. `unresolved`: it did not start, or was not decided. */
  readonly answer: 'stops' | 'grows' | 'unresolved';
  /** By shape, in the order of `shapes`; empty if it did not start. */
  readonly weights: readonly HuntWeight[];
  /** Why it did not start; null if it did. */
  readonly failure: { readonly code: string; readonly message: string } | null;
}

/** Parts that make the candidate grow. */
export interface NarrowCause {
  readonly parts: readonly string[];
  /** Parts that had to be exchanged with them. */
  readonly companions: readonly string[];
  /** Those of the companions whose exchange without the cause changes nothing. */
  readonly ruledOut: readonly string[];
  /**
   * Bytes for each request or connection, beyond those of the baseline, that stay if all other causes are exchanged, by
   * shape; null if not known.
   */
  readonly bytes: readonly (number | null)[];
}

/**
 * Why the search ended. `found`: a smallest set. `open`: mixtures with fewer of its parts were unresolved, so perhaps
 * not all are needed. `too-many`: no more mixtures were allowed, there may be a smaller set. `elsewhere`: the growth
 * stays with all parts of the baseline. `unresolved`: that mixture was not decided. `cut-off`: it was interrupted, or
 * failed.
 */
export type NarrowEnd = 'found' | 'open' | 'too-many' | 'elsewhere' | 'unresolved' | 'cut-off';

/** Which of what differs between the two versions makes the candidate grow. */
export interface NarrowResult {
  readonly schema: typeof NARROW_SCHEMA;
  readonly scenario: string;
  readonly startedAt: string;
  readonly seconds: number;
  readonly labels: Readonly<Record<'baseline' | 'candidate', string>>;
  /** The service that keeps the memory, and its images: name and content id. */
  readonly service: string;
  readonly images: Readonly<Record<'baseline' | 'candidate', string>>;
  readonly shapes: readonly NarrowShape[];
  readonly parts: readonly NarrowPart[];
  /** In the order in which they were weighed. */
  readonly mixtures: readonly NarrowMixture[];
  readonly causes: readonly NarrowCause[];
  readonly ended: NarrowEnd;
}
