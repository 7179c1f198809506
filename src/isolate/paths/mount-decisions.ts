import type { ComposeModel, ComposeMount } from '../../compose/model.js';
import { relocate, type Move } from '../../subnets/index.js';
import type { Objection } from '../../model/index.js';
import type { IsolateOptions } from '../types.js';
import { at, isWithin, realOf, sourceOf, type HostPath } from '../../hostpaths/host-path.js';
import { daemonIn, isOfTheMachine, mayBeWalked, objectionToMount } from '../../hostpaths/places.js';

/**
 * `kept`: unchanged, because it is not a host path or is refused. `dropped`: Docker makes it. `without`: the scenario
 * leaves it out. `api`: replaced by the arm's own Docker API. `shared`: read-only, together with the host. `copied`:
 * served from a copy of the arm's own.
 */
type MountDecision = 'kept' | 'dropped' | 'without' | 'api' | 'shared' | 'copied';

/** One mount of one service, and the decision about it. */
export interface Use {
  readonly service: string;
  readonly mount: ComposeMount;
  /** Host path as it is written, and the real path. */
  readonly source: string;
  readonly real: string;
  readonly found: HostPath;
  readonly objection: Objection | null;
  readonly decision: MountDecision;
}

/** Files that Docker makes for each container, with which services find each other. */
const OF_DOCKER = ['/etc/hosts', '/etc/hostname', '/etc/resolv.conf'];

/**
 * Decides once about every host path, for all services of the arm. A path that one of them may write to is copied. A
 * mount that overlaps a copied path is served from the same copy, so that all services see what each of them writes.
 */
export function mountDecisions(model: ComposeModel, options: IsolateOptions, moves: readonly Move[]): Use[] {
  const uses = Object.entries(model.services).flatMap(([service, { volumes = [] }]) =>
    volumes.map((mount) => firstDecision(service, mount, options, moves)),
  );
  const copied = new Set(uses.filter(({ decision }) => decision === 'copied').map(({ real }) => real));
  for (let before = -1; before !== copied.size;) {
    before = copied.size;
    for (const { decision, real } of uses)
      if (decision === 'shared' && overlaps(real, copied) && mayBeWalked(real)) copied.add(real);
  }
  return uses.map((use) => (use.decision === 'shared' && copied.has(use.real) ? { ...use, decision: 'copied' } : use));
}

function overlaps(path: string, copied: ReadonlySet<string>): boolean {
  return [...copied].some((other) => isWithin(path, other) || isWithin(other, path));
}

/** A daemon over a network has no socket here that could be replaced. */
function withApi(use: Omit<Use, 'decision'>, { hostPaths, apiFolder }: IsolateOptions): Use {
  if (daemonIn(use.mount, hostPaths) === null) return { ...use, decision: 'kept' };
  if (apiFolder !== null) return { ...use, objection: null, decision: 'api' };
  const { objection } = use;
  if (objection?.code !== 'mount-daemon') return { ...use, decision: 'kept' };
  return { ...use, objection: { ...objection, code: 'mount-daemon-far' }, decision: 'kept' };
}

function firstDecision(service: string, mount: ComposeMount, options: IsolateOptions, moves: readonly Move[]): Use {
  const source = sourceOf(mount);
  const real = realOf(options.hostPaths, source);
  const found = at(options.hostPaths, source);
  const objection = objectionToMount(mount, options.hostPaths);
  const use = { service, mount, source, real, found, objection };
  if (options.without.includes(`${service}:${mount.target}`)) return { ...use, objection: null, decision: 'without' };
  if (mount.type !== 'bind') return { ...use, decision: 'kept' };
  if (OF_DOCKER.includes(mount.target)) return { ...use, objection: null, decision: 'dropped' };
  if (objection?.allow === 'docker-socket' && !options.allow.includes('docker-socket')) return withApi(use, options);
  if (objection !== null) return { ...use, decision: 'kept' };
  const readable =
    mount.read_only === true && (found.kind !== 'missing' || (options.elsewhere && isOfTheMachine(real)));
  const asItIs = options.elsewhere ? isOfTheMachine(real) : relocate(found.text, moves) === found.text;
  if (!readable || !asItIs) return { ...use, decision: found.kind === 'device' ? 'kept' : 'copied' };
  const special = options.elsewhere ? [] : (found.special ?? []);
  // Copies have no sockets. In a shared folder, a socket would lead to the process that listens on it.
  return special.length === 0
    ? { ...use, decision: 'shared' }
    : {
        ...use,
        decision: 'shared',
        objection: {
          code: 'mount-with-sockets',
          facts: { source, found: special },
          allow: 'host-system',
        },
      };
}
