import type { Scenario } from '../model/index.js';
import { PRESET_EXTRAS, PRESET_NAMES, PRESETS, type PresetName } from '../schema/index.js';
import type { Noise } from './noise.js';
import type { PlanRow } from './render.js';
import { forDifference, withinTime, withLooks } from './search.js';
import { sensitivityOf } from './sensitivity.js';

export type Question = { readonly time: number } | { readonly detect: number } | null;

export interface PlanAnswer {
  /** The best first if there is a question; otherwise the scenario's own design and the presets. */
  readonly rows: readonly PlanRow[];
  readonly margin: number;
  /**
   * The scenario's margin, if the requested difference is below it. The plan then uses half of that difference instead.
   * Null otherwise.
   */
  readonly lowered: number | null;
}

/** What a test of this scenario can show: in a given time, for a given difference, or with each preset. */
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

/** The same scenario with the times and looks of a preset, with its way to confirm a FAIL. */
export function withPreset(scenario: Scenario, name: PresetName): Scenario {
  const { looks, ...times } = PRESETS[name];
  const { confirm, repeat } = PRESET_EXTRAS[name];
  const { experiment, gate } = scenario;
  const { repeat: _, ...traffic } = scenario.traffic;
  return withLooks(
    {
      ...scenario,
      traffic: { ...traffic, ...(repeat !== null && { repeat }) },
      experiment: { ...experiment, ...times },
      gate: { ...gate, confirm },
    },
    looks,
  );
}
