import type { ComposeService } from '../compose/model.js';
import type { Change, Changed } from './types.js';

/** Keys that would group the container with others, and that it does not need. */
const DROPPED: Readonly<Record<string, string>> = {
  annotations: 'removed: the runtime of the host acts on some of them, and no service of the arm can read them',
  cgroup_parent: 'removed: the container would count as part of another group',
  cpuset: 'removed: both arms and production would share those processors; stack.limits.cpus limits both arms alike',
  oom_kill_disable: 'removed: the host must be able to end it, and a container that runs out of memory is a finding',
};

/** Removes keys that would put the container into a group of the host, or give it priority over others. */
export function withinTheArm(service: ComposeService): Changed<ComposeService> {
  const { oom_score_adj: score, develop: _develop, ...rest } = service;
  const dropped = Object.keys(DROPPED).filter((key) => rest[key] !== undefined && rest[key] !== false);
  const changes: Change[] = dropped.map((key) => ({ path: key, what: DROPPED[key] ?? '' }));
  const spared = typeof score === 'number' && score < 0;
  if (spared) changes.push({ path: 'oom_score_adj', what: 'removed: the host would end other processes instead' });
  const kept = Object.fromEntries(Object.entries(rest).filter(([key]) => DROPPED[key] === undefined));
  return { part: { ...kept, ...(score === undefined || spared ? {} : { oom_score_adj: score }) }, changes };
}
