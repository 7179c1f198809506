import { ARMS, type ArmSettings, type Scenario } from '../model/index.js';
import type { VersionPlace } from '../results/index.js';

/**
 * The scenario that compares one version with another one. A version that the file names keeps its label.
 * @example withVersions(scenario, { kind: 'environment', name: 'VERSION' }, '1.0', '1.1')
 */
export function withVersions(scenario: Scenario, place: VersionPlace, baseline: string, candidate: string): Scenario {
  const label = labelOf(scenario, place, candidate);
  return {
    ...scenario,
    expect: baseline === candidate ? 'same' : null,
    arms: {
      baseline: armAt(scenario, place, baseline, labelOf(scenario, place, baseline)),
      candidate: armAt(scenario, place, candidate, baseline === candidate ? `${label}, again` : label),
    },
  };
}

/** What people call a version: the label of the arm of the file that has it, otherwise the version itself. */
export function labelOf({ arms }: Scenario, { kind, name }: VersionPlace, version: string): string {
  const own = ARMS.find((arm) => arms[arm][kind]?.[name] === version);
  return own === undefined ? version : arms[own].label;
}

function armAt(scenario: Scenario, { kind, name }: VersionPlace, version: string, label: string): ArmSettings {
  const arm = scenario.arms.baseline;
  return { ...arm, label, [kind]: { ...arm[kind], [name]: version } };
}
