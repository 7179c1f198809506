import {
  QUALIFICATION_SCHEMA,
  type Qualification,
  type QualifiedRun,
  type QualifiedScenario,
  type ScenarioState,
} from '../results/index.js';
import type { HistoryEntry } from './entry.js';

/** From the state that decides first to the one that decides last. */
const WORST_FIRST: readonly ScenarioState[] = ['fail', 'contradicted', 'invalid', 'inconclusive', 'missing', 'pass'];

/**
 * Whether a version passes in every scenario. If it was compared with several versions, all of these comparisons count.
 * Of several runs with the same two versions the last one counts. A FAIL that a later run does not repeat stays open: a
 * test that is run until it passes shows nothing. A version that was compared with itself was not tested.
 * @param entries by the time at which the runs began
 * @param scenarios those that must pass
 * @param unreadable entries that cannot be read
 */
export function qualify(
  entries: readonly HistoryEntry[],
  candidate: string,
  scenarios: readonly string[],
  unreadable: number,
): Qualification {
  const judged = scenarios.map((scenario) => ofScenario(entries, candidate, scenario));
  const states = judged.map(({ state }) => state);
  const passes = unreadable === 0 && states.length > 0 && states.every((state) => state === 'pass');
  const outcome = states.includes('fail') ? 'fail' : passes ? 'pass' : 'inconclusive';
  return { schema: QUALIFICATION_SCHEMA, candidate, outcome, scenarios: judged, unreadable };
}

function ofScenario(entries: readonly HistoryEntry[], candidate: string, scenario: string): QualifiedScenario {
  const runs = entries
    .filter((entry) => entry.scenario === scenario && entry.candidate === candidate && entry.baseline !== candidate)
    .map(({ runId, startedAt, baseline, outcome, directory }) => ({ runId, startedAt, baseline, outcome, directory }));
  const states = [...new Set(runs.map(({ baseline }) => baseline))].map((baseline) =>
    stateOf(runs.filter((run) => run.baseline === baseline)),
  );
  return { scenario, state: WORST_FIRST.find((state) => states.includes(state)) ?? 'missing', runs };
}

/** @param runs of the same two versions; at least one */
function stateOf(runs: readonly QualifiedRun[]): ScenarioState {
  const last = runs.at(-1)?.outcome ?? 'missing';
  return last === 'pass' && runs.some(({ outcome }) => outcome === 'fail') ? 'contradicted' : last;
}
