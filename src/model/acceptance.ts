import type { FindingKind } from './severity.js';

/** A finding that the operator knows and accepts until a day: it is shown, and does not make a run FAIL. */
export interface Acceptance {
  readonly finding: FindingKind;
  /** The service of the finding; null for a finding about the whole run. */
  readonly service: string | null;
  readonly reason: string;
  /** Who accepted it. */
  readonly owner: string;
  /** The last day on which it is accepted: `2027-01-31`. */
  readonly expires: string;
}
