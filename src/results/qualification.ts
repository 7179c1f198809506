import type { Outcome } from '../model/outcome.js';

export const QUALIFICATION_SCHEMA = 'slopegate.qualification/1';

/**
 * What the runs of a candidate say in one scenario. `missing`: it was never run. `contradicted`: its last run passes,
 * but an earlier one with the same two versions failed.
 */
export type ScenarioState = Outcome | 'missing' | 'contradicted';

/** One run of the candidate. */
export interface QualifiedRun {
  readonly runId: string;
  /** When it began, ISO 8601. */
  readonly startedAt: string;
  /** Name of the version that it was compared with. */
  readonly baseline: string;
  readonly outcome: Outcome;
  /** The folder of the run when it was added to the history. */
  readonly directory: string;
}

export interface QualifiedScenario {
  readonly scenario: string;
  readonly state: ScenarioState;
  /** All runs of the candidate, the oldest first. */
  readonly runs: readonly QualifiedRun[];
}

/** Whether a version may be released, by the history of a machine. */
export interface Qualification {
  readonly schema: typeof QUALIFICATION_SCHEMA;
  readonly candidate: string;
  /** `pass`: every scenario passes. `fail`: at least one fails. `inconclusive`: something else is open or missing. */
  readonly outcome: 'pass' | 'fail' | 'inconclusive';
  readonly scenarios: readonly QualifiedScenario[];
  /** Entries of the history that cannot be read. One of them may be a FAIL, so with any there is no `pass`. */
  readonly unreadable: number;
}
