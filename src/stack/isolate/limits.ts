import type { ComposeService } from '../compose/model.js';
import type { Changed, IsolateOptions } from './isolate.js';

const MEMORY_KEYS = ['mem_limit', 'memswap_limit', 'mem_reservation'];
const CPU_KEYS = ['cpus', 'cpu_quota', 'cpu_period'];

/** Equal limits for both arms; swap counts as memory, or growth would hide in it. */
export function limitResources(service: ComposeService, _name: string, { limits }: IsolateOptions): Changed<ComposeService> {
  const { memoryBytes, cpus } = limits;
  const replaced = [...(memoryBytes === null ? [] : MEMORY_KEYS), ...(cpus === null ? [] : CPU_KEYS)];
  const had = replaced.filter((key) => service[key] !== undefined && key !== 'mem_reservation');
  const kept = omit(service, replaced);
  const own = {
    ...(memoryBytes === null ? {} : { mem_limit: String(memoryBytes), memswap_limit: String(memoryBytes) }),
    ...(cpus === null ? {} : { cpus }),
  };
  return {
    part: { ...kept, ...own, ...withoutDeployed(kept, limits) },
    changes: had.map((key) => ({ path: key, what: 'replaced by the scenario\'s limit, which is equal on both arms' })),
  };
}

/** Compose refuses a limit that is stated in two places. */
function withoutDeployed({ deploy }: ComposeService, { memoryBytes, cpus }: IsolateOptions['limits']): Pick<ComposeService, 'deploy'> {
  if (deploy?.resources === undefined) return {};
  const stated = [...(memoryBytes === null ? [] : ['memory']), ...(cpus === null ? [] : ['cpus'])];
  const { limits = {}, reservations = {} } = deploy.resources;
  return { deploy: { ...deploy, resources: { limits: omit(limits, stated), reservations: omit(reservations, stated) } } };
}

function omit<Part extends Readonly<Record<string, unknown>>>(part: Part, keys: readonly string[]): Part {
  return Object.fromEntries(Object.entries(part).filter(([key]) => !keys.includes(key))) as Part;
}
