import type { ArmName, Result } from '../../model/index.js';

export interface ArmTraffic {
  readonly planned: number;
  readonly sent: number;
  readonly answered: number;
}

/** One label as both arms answered it: status → requests. */
export interface LabelTraffic {
  readonly label: string;
  readonly statuses: readonly string[];
  readonly counts: Readonly<Record<ArmName, ReadonlyMap<string, number>>>;
  readonly differs: boolean;
}

export function armTraffic(result: Result, arm: ArmName): ArmTraffic {
  const trials = result.trials.filter((trial) => trial.arm === arm);
  const sum = (key: 'planned' | 'sent' | 'answered'): number => trials.reduce((total, trial) => total + trial[key], 0);
  return { planned: sum('planned'), sent: sum('sent'), answered: sum('answered') };
}

function countsOf(result: Result, arm: ArmName, label: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const trial of result.trials) {
    if (trial.arm !== arm || !Object.hasOwn(trial.counts, label)) continue;
    for (const [status, number] of Object.entries(trial.counts[label] ?? {})) counts.set(status, (counts.get(status) ?? 0) + number);
  }
  return counts;
}

/** Every label of the trace, in the order of the scenario where it is known. */
export function labelTraffic(result: Result): readonly LabelTraffic[] {
  const planned = result.manifest.trace?.labels ?? {};
  const labels = new Set([...Object.keys(planned), ...result.trials.flatMap((trial) => Object.keys(trial.counts))]);
  return [...labels].map((label) => {
    const counts = { baseline: countsOf(result, 'baseline', label), candidate: countsOf(result, 'candidate', label) };
    const statuses = [...new Set([...counts.baseline.keys(), ...counts.candidate.keys()])].sort();
    const differs = statuses.some((status) => counts.baseline.get(status) !== counts.candidate.get(status));
    return { label, statuses, counts, differs };
  });
}
