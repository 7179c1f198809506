import type { Changed } from '../model/index.js';
import type { ComposeMount, ComposeService } from '../compose/model.js';
import { LENS_LIBRARY, LENS_PAGES } from '../lens/paths.js';
import type { IsolateOptions } from './types.js';

/** Room for the counters of some thousands of programs; only what is used takes memory. */
const PAGES_BYTES = 64 * 2 ** 20;
/** Every user may write there, and remove only what is its own. */
const ANY_USER = 0o1777;

/** Gives a service the lens: its library, a folder in memory for its counters, and the variable that preloads it. */
export function putLens(service: ComposeService, name: string, { lens }: IsolateOptions): Changed<ComposeService> {
  const preloaded = lens?.preloaded[name];
  if (lens === null || preloaded === undefined) return { part: service, changes: [] };
  const environment = (service['environment'] ?? {}) as Readonly<Record<string, string | null>>;
  const others = environment['LD_PRELOAD'] ?? preloaded;
  const mounts: readonly ComposeMount[] = [
    {
      type: 'bind',
      source: lens.library.replaceAll('$', '$$$$'),
      target: LENS_LIBRARY,
      read_only: true,
      bind: { create_host_path: false },
    },
    { type: 'tmpfs', target: LENS_PAGES, tmpfs: { size: PAGES_BYTES, mode: ANY_USER } },
  ];
  return {
    part: {
      ...service,
      environment: { ...environment, LD_PRELOAD: [LENS_LIBRARY, others].filter((path) => path !== '').join(':') },
      volumes: [...(service.volumes ?? []), ...mounts],
    },
    changes: [
      {
        path: 'environment.LD_PRELOAD',
        code: 'lens-preloaded',
        facts: { library: LENS_LIBRARY, others },
      },
    ],
  };
}
