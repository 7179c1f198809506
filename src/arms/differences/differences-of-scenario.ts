import type { ComposeModel } from '../../compose/model.js';
import { omitServices } from '../../isolate/omit.js';
import { ARMS, type ArmDifference, type ArmName, type Scenario } from '../../model/index.js';
import { settingsOf } from '../isolate-arm.js';
import { differencesOfArms, type KnownContents } from './differences-of-arms.js';

/**
 * All differences between the arms of a scenario, after each is resolved and its omitted parts are removed: stacks,
 * mounts that are left out, and actions.
 */
export function differencesOfScenario(
  scenario: Scenario,
  models: Readonly<Record<ArmName, ComposeModel>>,
  known: KnownContents = {},
): ArmDifference[] {
  const started = (arm: ArmName) => omitServices(models[arm], scenario.arms[arm].omit ?? []).part;
  return [
    ...differencesOfArms(started('baseline'), started('candidate'), known),
    ...(['steps', 'upgraded', 'without'] as const).flatMap((key): ArmDifference[] => {
      const [baseline, candidate] = ARMS.map((arm) =>
        key === 'without' ? (scenario.arms[arm].without ?? []) : settingsOf(scenario, arm)[key],
      );
      if (JSON.stringify(baseline) === JSON.stringify(candidate)) return [];
      return [{ kind: 'settings', service: null, path: `arms.${key}`, baseline, candidate }];
    }),
  ];
}
