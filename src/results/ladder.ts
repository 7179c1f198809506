import type { Failure } from '../model/failure.js';
import type { Outcome } from '../model/outcome.js';
import type { Estimate } from './estimate.js';

/** Version of the file that `slopegate ladder` writes. */
export const LADDER_SCHEMA = 'slopegate.ladder/1';

/** The one value of an arm that is its version: a variable of the compose files, or the tag of an image. */
export interface VersionPlace {
  readonly kind: 'environment' | 'images';
  /** Name of the variable, or of the image as in `arms.X.images`. */
  readonly name: string;
}

/** One version, as it was compared with the first one. */
export interface VersionRun {
  readonly version: string;
  readonly label: string;
  /** Verdict of its run; null if there is none. */
  readonly outcome: Outcome | null;
  /** Why it was not judged; null if it was, and for the first version. */
  readonly failure: Failure | null;
  /** Name of the run's folder; null if there is none. */
  readonly run: string | null;
  /** Whether that run existed before. */
  readonly reused: boolean;
}

/** Growth of one judged service of one version. */
export interface RungService {
  readonly role: string;
  readonly metric: string;
  /** Unit of the growth: `bytes/request`. */
  readonly unit: string;
  /** Null for the first version. */
  readonly outcome: Outcome | null;
  /** Growth of this version itself. */
  readonly growth: Estimate | null;
  /** Growth of this version minus growth of the first version, which ran beside it; null for the first version. */
  readonly difference: Estimate | null;
  /** This difference minus the difference of the version before; null if one of them is not known. */
  readonly step: Estimate | null;
}

export interface LadderRung extends VersionRun {
  readonly services: readonly RungService[];
}

/** What makes the runs of a ladder less comparable. */
export type LadderNote = 'hosts-differ' | 'first-images-differ' | 'rates-differ';

/** Growth along a series of releases. Each version was compared with the first one. */
export interface LadderResult {
  readonly schema: typeof LADDER_SCHEMA;
  readonly scenario: string;
  readonly startedAt: string;
  readonly seconds: number;
  readonly place: VersionPlace;
  /** Accepted growth of a version beyond the first one, bytes per request. */
  readonly margin: number;
  readonly rungs: readonly LadderRung[];
  readonly notes: readonly LadderNote[];
}
