import { armsNow, type ArmsNow } from '../arms/index.js';
import type { Context, Scenario } from '../model/index.js';
import { openDocker } from './docker.js';

/**
 * What the arms of a scenario would be made of now. Nothing is started. Without a daemon the images are not known.
 * @throws SlopegateError COMPOSE_CONFIG, COMPOSE_MISSING
 */
export async function inspectArmsNow(scenario: Scenario, context: Context): Promise<ArmsNow> {
  await using session = await openDocker(context, scenario);
  return armsNow({ daemons: session.daemons, scenario, signal: context.signal });
}
