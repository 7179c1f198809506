import { findCompose } from '../../compose/find-compose.js';
import type { ComposeModel } from '../../compose/model.js';
import { ARMS, type ArmDifference, type ArmName, type Scenario } from '../../model/index.js';
import { createVault } from '../../steps/index.js';
import { checkServices } from '../check-services.js';
import { planImages } from '../plan-images.js';
import { resolveArms } from '../prepare-arms.js';
import type { Daemons } from '../prepare-sites.js';
import { digestsOf } from '../survey/digests.js';
import { surveyHostPaths } from '../survey/host-paths.js';
import { imageIdsHere } from '../survey/image-ids-here.js';
import { maskedDifferences } from './masked.js';

interface Job {
  readonly daemons: Daemons;
  readonly scenario: Scenario;
  readonly signal: AbortSignal;
}

/**
 * The differences between the arms, as far as they can be seen without building, pulling or starting anything. Images
 * that exist here are compared by their ids, all others by their names. Secrets are masked.
 */
export async function diffStack({ daemons, scenario, signal }: Job): Promise<ArmDifference[]> {
  const vault = createVault(daemons.baseline.env);
  const compose = await findCompose(daemons.baseline.env, signal);
  const models = await resolveArms({ compose, scenario, vault, signal });
  checkServices(scenario, models);
  return diffModels({ daemons, scenario }, models, vault.mask);
}

/** The same for the resolved models of both arms. */
export async function diffModels(
  { daemons, scenario }: Omit<Job, 'signal'>,
  models: Readonly<Record<ArmName, ComposeModel>>,
  mask: (text: string) => string,
): Promise<ArmDifference[]> {
  const { images } = planImages(models);
  const digests = await digestsOf(models, await surveyHostPaths(ARMS.map((arm) => models[arm])));
  const imageIds = await imageIdsHere(daemons, images);
  const known = daemons.baseline === daemons.candidate ? { imageIds, digests } : { digests };
  return JSON.parse(mask(JSON.stringify(maskedDifferences(scenario, models, known)))) as ArmDifference[];
}
