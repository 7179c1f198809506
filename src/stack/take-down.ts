import { SlopegateError } from '../model/index.js';
import type { DockerConnection } from '../docker/connect.js';
import { projectName, type Belonging } from '../docker/labels.js';
import { removeLabelled } from '../docker/remove.js';

/**
 * Removes what a trial brought up.
 * @throws SlopegateError that names the leftovers and how to remove them
 */
export async function takeDown({ docker }: Pick<DockerConnection, 'docker'>, belonging: Belonging): Promise<void> {
  try {
    await removeLabelled(docker, belonging);
  } catch (error) {
    const hint = leftOf(belonging);
    throw error instanceof SlopegateError
      ? error.with({ hint })
      : new SlopegateError('INTERNAL', 'Docker did not remove what a trial had brought up', { because: error, hint });
  }
}

/** The leftovers if Docker does not answer, and how to remove them later. */
export function leftOf(belonging: Belonging): string {
  const what = `the containers, networks and volumes of ${projectName(belonging)}`;
  return `Left behind: ${what}. Once Docker answers, "slopegate prune --run ${belonging.runId}" removes them.`;
}
