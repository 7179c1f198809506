import type { Change, Changed } from '../model/index.js';
import type { ComposeService } from '../compose/model.js';

/** Keys that would group the container with others, and that it does not need. */
const DROPPED = {
  annotations: 'annotations-removed',
  cgroup_parent: 'cgroup-parent-removed',
  cpuset: 'cpuset-removed',
  oom_kill_disable: 'oom-kill-allowed',
} as const;
const DROPPED_KEYS = Object.keys(DROPPED) as (keyof typeof DROPPED)[];

/** Removes keys that would put the container into a group of the host, or give it priority over others. */
export function withinTheArm(service: ComposeService): Changed<ComposeService> {
  const { oom_score_adj: score, develop: _develop, ...rest } = service;
  const dropped = DROPPED_KEYS.filter((key) => rest[key] !== undefined && rest[key] !== false);
  const changes: Change[] = dropped.map((key) => ({ path: key, code: DROPPED[key], facts: {} }));
  const spared = typeof score === 'number' && score < 0;
  if (spared) changes.push({ path: 'oom_score_adj', code: 'oom-priority-removed', facts: {} });
  const kept = Object.fromEntries(Object.entries(rest).filter(([key]) => !Object.hasOwn(DROPPED, key)));
  return { part: { ...kept, ...(score === undefined || spared ? {} : { oom_score_adj: score }) }, changes };
}
