import type { Scenario } from '../model/index.js';
import { looksTaken, type Look } from '../procedure/alpha-spending.js';

/** The looks that the scenario plans. */
export function plannedLooks({ experiment, gate }: Scenario): Look[] {
  const { looks } = experiment;
  const weights = gate.lookWeights.length === looks.length ? gate.lookWeights : looks.map(() => 1 / looks.length);
  return looks.map((replicates, i) => ({ replicates, weight: weights[i] as number }));
}

/**
 * The looks that are taken with this many complete replicates. Recorded series have one look, which spends all of
 * alpha.
 */
export function looksFor(scenario: Scenario, complete: number, single: boolean): Look[] {
  if (complete === 0) return [];
  if (single) return [{ replicates: complete, weight: 1 }];
  const planned = plannedLooks(scenario);
  // Replicates after the last planned look count too, so that no evidence is ignored.
  const last = planned.at(-1);
  const beyond = last !== undefined && complete > last.replicates;
  return looksTaken(beyond ? [...planned.slice(0, -1), { ...last, replicates: complete }] : planned, complete);
}
