import { SlopegateError, type ArmSettings } from '../model/index.js';
import type { Compose } from './find-compose.js';
import type { ComposeModel } from './model.js';

/**
 * Compose runs `post_start` since this version. Older ones leave it out without a word.
 * Source: https://docs.docker.com/compose/how-tos/lifecycle/
 */
const SINCE_MINOR = 30;

/** @throws SlopegateError COMPOSE_CONFIG if a service has commands that this Compose would not run */
export function refuseLostHooks({ version }: Compose, { services }: ComposeModel, arm: ArmSettings): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 2 || minor >= SINCE_MINOR) return;
  const [name] = Object.entries(services).find(([, service]) => service['post_start'] !== undefined) ?? [];
  if (name === undefined) return;
  throw new SlopegateError(
    'COMPOSE_CONFIG',
    `${name} has commands to run after its start (post_start), which Docker Compose ${version} does not run.`,
    {
      hint:
        `Install Docker Compose 2.${SINCE_MINOR} or later, or remove the commands in another compose file: ` +
        'post_start: !reset []',
      ...(arm.compose[0] === undefined ? {} : { location: arm.compose[0] }),
    },
  );
}
