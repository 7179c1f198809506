import { SlopegateError } from '../model/index.js';
import type { DockerConnection } from '../docker/connect.js';
import { projectName, type ResourceOwner } from '../docker/labels.js';
import { removeLabelled } from '../docker/remove.js';

/**
 * Removes what a trial brought up.
 * @throws SlopegateError that names the leftovers and how to remove them
 */
export async function takeDown({ docker }: Pick<DockerConnection, 'docker'>, ownedBy: ResourceOwner): Promise<void> {
  try {
    await removeLabelled(docker, ownedBy);
  } catch (error) {
    const hint = leftOf(ownedBy);
    throw error instanceof SlopegateError
      ? error.with({ hint })
      : new SlopegateError('INTERNAL', 'Docker did not remove what a trial had brought up', { because: error, hint });
  }
}

/** The leftovers if Docker does not answer, and how to remove them later. */
export function leftOf(ownedBy: ResourceOwner): string {
  const what = `the containers, networks and volumes of ${projectName(ownedBy)}`;
  return `Left behind: ${what}. Once Docker answers, "slopegate prune --run ${ownedBy.runId}" removes them.`;
}
