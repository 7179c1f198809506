import type { ComposeModel } from '../../compose/model.js';
import type { ArmDifference, ArmName, Scenario } from '../../model/index.js';
import { withoutSecrets } from '../without-secrets.js';
import { differencesOfScenario } from './differences-of-scenario.js';
import type { KnownContents } from './differences-of-arms.js';

/** All differences between the arms of a scenario. A secret that differs is told, with stars for its value. Pure. */
export function maskedDifferences(
  scenario: Scenario,
  models: Readonly<Record<ArmName, ComposeModel>>,
  known: KnownContents,
): ArmDifference[] {
  const shown = { baseline: withoutSecrets(models.baseline), candidate: withoutSecrets(models.candidate) };
  const masked = new Map(differencesOfScenario(scenario, shown, known).map((found) => [found.path, found]));
  return differencesOfScenario(scenario, models, known).map(
    (found) => masked.get(found.path) ?? { ...found, baseline: '***', candidate: '*** (another)' },
  );
}
