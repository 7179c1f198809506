import type { ComposeService } from '../compose/model.js';
import type { Change, Changed, IsolateOptions } from './types.js';

type Values = Readonly<Record<string, unknown>>;

/** What a stated limit takes the place of, at the top of a service and under `deploy`. */
const MEMORY = { own: ['mem_limit', 'memswap_limit', 'mem_reservation'], deployed: 'memory' };
const CPU = { own: ['cpus', 'cpu_quota', 'cpu_period'], deployed: 'cpus' };
const REPLACED = "replaced by the scenario's limit, which is equal on both arms";

/**
 * Equal limits for both arms; swap counts as memory, or growth would hide in it. Compose refuses a limit stated in two
 * places.
 */
export function limitResources(
  service: ComposeService,
  _name: string,
  { limits }: IsolateOptions,
): Changed<ComposeService> {
  const { memoryBytes, cpus } = limits;
  const stated = [...(memoryBytes === null ? [] : [MEMORY]), ...(cpus === null ? [] : [CPU])];
  const own: Values = {
    ...(memoryBytes === null ? {} : { mem_limit: String(memoryBytes), memswap_limit: String(memoryBytes) }),
    ...(cpus === null ? {} : { cpus }),
  };
  const replaced = stated
    .flatMap((limit) => limit.own)
    .filter((key) => service[key] !== undefined && service[key] !== own[key]);
  const changes: Change[] = replaced.map((key) => ({ path: key, what: REPLACED }));
  const part = {
    ...omit(
      service,
      stated.flatMap((limit) => limit.own),
    ),
    ...own,
  };
  const { deploy } = service;
  if (deploy?.resources === undefined) return { part, changes };

  const keys = stated.map((limit) => limit.deployed);
  const { limits: deployed = {}, reservations = {}, ...rest } = deploy.resources;
  for (const key of keys)
    if (deployed[key] !== undefined) changes.push({ path: `deploy.resources.limits.${key}`, what: REPLACED });
  const resources = { ...rest, limits: omit(deployed, keys), reservations: omit(reservations, keys) };
  return { part: { ...part, deploy: { ...deploy, resources } }, changes };
}

function omit<Part extends Values>(part: Part, keys: readonly string[]): Part {
  return Object.fromEntries(Object.entries(part).filter(([key]) => !keys.includes(key))) as Part;
}
