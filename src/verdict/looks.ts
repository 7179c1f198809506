import type { Scenario } from '../model/index.js';
import { looksTaken, type Look } from '../statistics/procedure/alpha-spending.js';

/** The looks that the scenario plans. */
export function plannedLooks({ experiment, gate }: Scenario): Look[] {
  const { looks } = experiment;
  const weights = gate.lookWeights.length === looks.length ? gate.lookWeights : looks.map(() => 1 / looks.length);
  return looks.map((replicates, i) => ({ replicates, weight: weights[i] as number }));
}

/** The looks taken with this many complete replicates; one look that spends everything for recorded series. */
export function looksFor(scenario: Scenario, complete: number, single: boolean): Look[] {
  if (complete === 0) return [];
  if (single) return [{ replicates: complete, weight: 1 }];
  const planned = plannedLooks(scenario);
  // More replicates than the last look plans count all the same: no evidence is passed over.
  const last = planned.at(-1);
  const beyond = last !== undefined && complete > last.replicates;
  return looksTaken(beyond ? [...planned.slice(0, -1), { ...last, replicates: complete }] : planned, complete);
}
