import { basename, dirname, isAbsolute, relative } from 'node:path';
import type { ArmSettings, Scenario } from '../model/index.js';

/** The scenario as it is written down: paths relative to its file, as its author stated them, and nothing of where they lie on this machine. */
export function portableScenario(scenario: Scenario): Scenario {
  const folder = dirname(scenario.file);
  const portable = (arm: ArmSettings): ArmSettings => ({ ...arm, compose: arm.compose.map((path) => (isAbsolute(path) ? relative(folder, path) : path)) });
  return {
    ...scenario,
    file: basename(scenario.file),
    arms: { baseline: portable(scenario.arms.baseline), candidate: portable(scenario.arms.candidate) },
  };
}
