import type { Scenario } from '../model/index.js';
import { PRESET_NAMES, PRESETS } from '../schema/index.js';
import type { Noise } from './noise.js';
import type { PlanRow } from './render.js';
import { forDifference, withinTime, withLooks } from './search.js';
import { sensitivityOf } from './sensitivity.js';

export type Question = { readonly time: number } | { readonly detect: number } | null;

export interface PlanAnswer {
  /** Best first for a question; the scenario's own design and the presets without one. */
  readonly rows: readonly PlanRow[];
  readonly margin: number;
  /**
   * The scenario's margin, where a difference below it was asked for and half of that difference is planned with
   * instead.
   */
  readonly lowered: number | null;
}

/** What a scenario's test can tell: in a given time, for a given difference, or as its presets stand. Pure. */
export function planScenario(scenario: Scenario, noise: Noise, question: Question): PlanAnswer {
  const stated = scenario.gate.marginBytesPerRequest;
  const margin = question !== null && 'detect' in question && question.detect <= stated ? question.detect / 2 : stated;
  const planned: Scenario = { ...scenario, gate: { ...scenario.gate, marginBytesPerRequest: margin } };
  return { rows: rowsFor(planned, noise, question), margin, lowered: margin === stated ? null : stated };
}

function rowsFor(scenario: Scenario, noise: Noise, question: Question): PlanRow[] {
  if (question === null) {
    const own = sensitivityOf(scenario, noise).map((row) => ({ ...row, name: 'as it is' }));
    return [
      ...own,
      ...PRESET_NAMES.flatMap((name) =>
        sensitivityOf(withPreset(scenario, name), noise).map((row) => ({ ...row, name })),
      ),
    ];
  }
  const rows =
    'time' in question ? withinTime(scenario, noise, question.time) : forDifference(scenario, noise, question.detect);
  return rows.map((row, index) => ({ ...row, name: index === 0 ? 'best' : '' }));
}

/** The same scenario with the times and looks of a preset. */
export function withPreset(scenario: Scenario, name: keyof typeof PRESETS): Scenario {
  const { looks, ...times } = PRESETS[name];
  return withLooks({ ...scenario, experiment: { ...scenario.experiment, ...times } }, looks);
}
