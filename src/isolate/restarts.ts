import type { Changed } from '../model/index.js';
import type { ComposeService } from '../compose/model.js';

/**
 * While the stack starts, a container may be restarted as the compose file says, because many services end until their
 * database answers. When the stack is ready, the room `stack` switches restarts off; from then on a restart is a
 * finding. The policy is stated in one place. It is never `always`, because then a starting daemon would start
 * leftovers.
 */
export function restartsWhileStarting({ deploy, ...service }: ComposeService): Changed<ComposeService> {
  const { restart_policy: policy, ...kept } = deploy ?? {};
  const restart = policy === undefined ? ofService(service.restart) : ofDeploy(policy as RestartPolicy);
  return {
    part: { ...service, restart, ...(deploy === undefined ? {} : { deploy: kept }) },
    changes: restart === 'no' ? [] : [{ path: 'restart', code: 'restarts-while-starting', facts: {} }],
  };
}

interface RestartPolicy {
  readonly condition?: string;
  readonly max_attempts?: number;
}

function ofService(restart = 'no'): string {
  return restart === 'always' ? 'unless-stopped' : restart;
}

function ofDeploy({ condition = 'any', max_attempts: attempts }: RestartPolicy): string {
  if (condition === 'none') return 'no';
  if (condition === 'on-failure') return attempts === undefined ? 'on-failure' : `on-failure:${attempts}`;
  return 'unless-stopped';
}
