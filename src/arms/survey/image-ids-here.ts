import { imageId } from '../../docker/images.js';
import { ARMS, type ArmName } from '../../model/index.js';
import type { Daemons } from '../prepare-sites.js';

type ByService = Readonly<Record<string, string>>;

/** Content ids of images by service. An image is left out if the arm's daemon does not have it, or does not answer. */
export async function imageIdsHere(
  daemons: Daemons,
  names: Readonly<Record<ArmName, ByService>>,
): Promise<Readonly<Record<ArmName, ByService>>> {
  const idsOf = async (arm: ArmName): Promise<ByService> => {
    const found = await Promise.all(
      Object.entries(names[arm]).map(async ([service, name]) => {
        const id = await imageId(daemons[arm].docker, name).catch(() => null);
        return id === null ? [] : [[service, id] as const];
      }),
    );
    return Object.fromEntries(found.flat());
  };
  const [baseline, candidate] = await Promise.all(ARMS.map(idsOf));
  return { baseline: baseline!, candidate: candidate! };
}
