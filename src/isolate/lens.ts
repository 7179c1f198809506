import type { Change, Changed } from '../model/index.js';
import type { ComposeMount, ComposeService } from '../compose/model.js';
import { LENS_LIBRARY, LENS_PAGES, NODE_HOOK } from '../lens/paths.js';
import type { IsolateOptions } from './types.js';

/** Room for the counters of some thousands of programs; only what is used takes memory. */
const PAGES_BYTES = 64 * 2 ** 20;
/** Every user may write there, and remove only what is its own. */
const ANY_USER = 0o1777;

/**
 * Gives a service the lens: its library, a folder in memory for its counters, and the variable that preloads it. The
 * hook for Node.js comes beside it, with a variable of Node.js.
 */
export function putLens(service: ComposeService, name: string, { lens }: IsolateOptions): Changed<ComposeService> {
  const preloaded = lens?.preloaded[name];
  if (lens === null || preloaded === undefined) return { part: service, changes: [] };
  const { library, hook } = lens;
  const environment = (service['environment'] ?? {}) as Readonly<Record<string, string | null>>;
  const others = environment['LD_PRELOAD'] ?? preloaded.libraries;
  const nodeOptions = environment['NODE_OPTIONS'] ?? preloaded.nodeOptions;
  const variables = {
    LD_PRELOAD: joined([LENS_LIBRARY, others], ':'),
    ...(hook && { NODE_OPTIONS: joined([`--require=${NODE_HOOK}`, nodeOptions], ' ') }),
  };
  const mounts: readonly ComposeMount[] = [
    readOnly(library, LENS_LIBRARY),
    ...(hook === null ? [] : [readOnly(hook, NODE_HOOK)]),
    { type: 'tmpfs', target: LENS_PAGES, tmpfs: { size: PAGES_BYTES, mode: ANY_USER } },
  ];
  const changes: Change[] = [
    { path: 'environment.LD_PRELOAD', code: 'lens-preloaded', facts: { library: LENS_LIBRARY, others } },
  ];
  if (hook !== null)
    changes.push({
      path: 'environment.NODE_OPTIONS',
      code: 'node-hook-preloaded',
      facts: { hook: NODE_HOOK, others: nodeOptions },
    });
  return {
    part: {
      ...service,
      environment: { ...environment, ...variables },
      volumes: [...(service.volumes ?? []), ...mounts],
    },
    changes,
  };
}

function readOnly(source: string, target: string): ComposeMount {
  return {
    type: 'bind',
    source: source.replaceAll('$', '$$$$'),
    target,
    read_only: true,
    bind: { create_host_path: false },
  };
}

function joined(parts: readonly string[], separator: string): string {
  return parts.filter((part) => part !== '').join(separator);
}
