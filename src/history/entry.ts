import type { ArmName, Outcome } from '../model/index.js';
import type { Estimate, Result } from '../results/index.js';

export const HISTORY_SCHEMA = 'slopegate.history/1';

/** Growth of one judged service in one run. */
export interface HistoryService {
  readonly role: string;
  readonly metric: string;
  /** Of the growth: `bytes/request`. */
  readonly unit: string;
  readonly outcome: Outcome;
  /** Mean growth of each version, and the difference; null if it is not known. */
  readonly baseline: number | null;
  readonly candidate: number | null;
  readonly difference: Estimate | null;
  /** Intervals of the two means; absent in entries of older versions. */
  readonly intervals?: Readonly<Record<ArmName, readonly [lower: number, upper: number] | null>>;
  readonly margin: number;
}

/** One verdict, as the history keeps it. */
export interface HistoryEntry {
  readonly schema: typeof HISTORY_SCHEMA;
  readonly runId: string;
  /** When the run began, ISO 8601. */
  readonly startedAt: string;
  readonly slopegate: string;
  readonly scenario: string;
  /** Names of both versions. */
  readonly baseline: string;
  readonly candidate: string;
  /** Null if it is not known. */
  readonly host: { readonly processor: string; readonly cpus: number; readonly memoryBytes: number } | null;
  readonly outcome: Outcome;
  readonly replicates: number;
  readonly services: readonly HistoryService[];
  /** The folder of the run when it was added. */
  readonly directory: string;
}

/** What the history keeps of a result. @param directory the folder of the run */
export function historyEntry({ slopegate, manifest, verdict }: Result, directory: string): HistoryEntry {
  const { scenario, host } = manifest;
  return {
    schema: HISTORY_SCHEMA,
    runId: manifest.runId,
    startedAt: manifest.startedAt,
    slopegate,
    scenario: scenario.name,
    baseline: scenario.arms.baseline.label,
    candidate: scenario.arms.candidate.label,
    host: host === null ? null : { processor: host.cpuModel, cpus: host.cpus, memoryBytes: host.memoryBytes },
    outcome: verdict.outcome,
    replicates: verdict.assessment.replicates,
    services: verdict.assessment.services
      .filter(({ judged }) => judged)
      .map(({ role, metric, unit, outcome, growth, difference, margin }) => ({
        role,
        metric,
        unit,
        outcome,
        baseline: growth.baseline?.value ?? null,
        candidate: growth.candidate?.value ?? null,
        difference,
        intervals: { baseline: intervalOf(growth.baseline), candidate: intervalOf(growth.candidate) },
        margin,
      })),
    directory,
  };
}

function intervalOf(growth: Estimate | null): readonly [lower: number, upper: number] | null {
  return growth === null ? null : [growth.lower, growth.upper];
}
