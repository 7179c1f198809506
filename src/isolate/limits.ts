import type { Change, Changed } from '../model/index.js';
import type { ComposeDeploy, ComposeService } from '../compose/model.js';
import type { IsolateOptions } from './types.js';

type Values = Readonly<Record<string, unknown>>;

/** Keys that a limit of the scenario replaces. */
const MEMORY = ['mem_limit', 'memswap_limit', 'mem_reservation'];
const CPU = ['cpus', 'cpu_quota', 'cpu_period'];

/** Keys of a service that may also be under `deploy.resources`. */
const LIMITS = { memory: 'mem_limit', cpus: 'cpus', pids: 'pids_limit' } as const;
const RESERVATIONS = { memory: 'mem_reservation' } as const;

/**
 * Equal limits for both arms. Swap counts as memory; otherwise growth would hide in it. Every limit is stated once, on
 * the service itself, because Compose refuses a service that has another or an empty limit under `deploy`.
 */
export function limitResources(
  stated: ComposeService,
  _name: string,
  { limits }: IsolateOptions,
): Changed<ComposeService> {
  const service = statedOnce(stated);
  const { memoryBytes, cpus } = limits;
  const replaced = [...(memoryBytes === null ? [] : MEMORY), ...(cpus === null ? [] : CPU)];
  const own: Values = {
    ...(memoryBytes === null ? {} : { mem_limit: String(memoryBytes), memswap_limit: String(memoryBytes) }),
    ...(cpus === null ? {} : { cpus }),
  };
  const changes: Change[] = replaced
    .filter((key) => service[key] !== undefined && service[key] !== own[key])
    .map((key) => ({ path: key, code: 'limit-replaced', facts: {} }));
  return { part: { ...omit(service, replaced), ...own }, changes };
}

/** The same limits, stated only on the service. */
function statedOnce({ deploy, memswap_limit: swap, ...service }: ComposeService): ComposeService {
  const { resources, ...rest } = deploy ?? {};
  const moved: Values = {
    ...taken(LIMITS, resources?.limits),
    ...taken(RESERVATIONS, resources?.reservations),
    // Compose writes "-1", but reads it only as a number.
    ...(swap === undefined ? {} : { memswap_limit: swap === '-1' ? -1 : swap }),
  };
  const devices = resources?.reservations?.['devices'];
  const kept: ComposeDeploy = {
    ...rest,
    ...(devices === undefined ? {} : { resources: { reservations: { devices } } }),
  };
  return { ...moved, ...service, ...(Object.keys(kept).length === 0 ? {} : { deploy: kept }) };
}

function taken(names: Readonly<Record<string, string>>, from: Values | undefined): Values {
  return Object.fromEntries(
    Object.entries(names).flatMap(([key, own]) => (from?.[key] === undefined ? [] : [[own, from[key]] as const])),
  );
}

function omit<Part extends Values>(part: Part, keys: readonly string[]): Part {
  return Object.fromEntries(Object.entries(part).filter(([key]) => !keys.includes(key))) as Part;
}
