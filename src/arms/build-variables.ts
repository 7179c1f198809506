import { readFileVariables } from '../compose/file-variables.js';
import type { Compose } from '../compose/find-compose.js';
import { ARMS, SlopegateError, type ArmName, type Scenario } from '../model/index.js';
import type { Vault } from '../steps/index.js';
import { variableOf } from './own-build.js';
import type { ImagePlan } from './plan-images.js';

/**
 * The values of build secrets, under the names of `variableOf`.
 * @throws SlopegateError COMPOSE_CONFIG if one image would be built for both arms with different secrets
 */
export async function buildVariables(
  { variables }: Pick<ImagePlan, 'variables'>,
  {
    compose,
    scenario,
    vault,
    signal,
  }: {
    readonly compose: Compose;
    readonly scenario: Scenario;
    readonly vault: Vault;
    readonly signal: AbortSignal;
  },
): Promise<Readonly<Record<string, string>>> {
  const read = async (arm: ArmName): Promise<Readonly<Record<string, string>>> => {
    const names = variables.filter(({ arms }) => arms.includes(arm)).map(({ name }) => name);
    return readFileVariables({ compose, signal }, scenario.arms[arm], [...new Set(names)], vault.fill);
  };
  const values = { baseline: await read('baseline'), candidate: await read('candidate') };
  for (const { name, arms } of variables)
    if (arms.length > 1 && values.baseline[name] !== values.candidate[name])
      throw new SlopegateError(
        'COMPOSE_CONFIG',
        `One image is built for both arms, but its secret ${name} has another value in each arm.`,
        {
          location: scenario.file,
          hint: 'Give both arms the same value, or give each arm a build of its own with a build argument.',
        },
      );
  const all = ARMS.flatMap((arm) =>
    Object.entries(values[arm]).map(([name, value]) => [variableOf(arm, name), value] as const),
  );
  return Object.fromEntries(all);
}
