import { NO_BLOCKS, together, type ServiceMemory } from '../explain/index.js';
import type { Clock, ContainerHandle, HeapUnread } from '../model/index.js';
import { hostFiles } from '../observe/index.js';
import { readProcessMemory, type ProcessMemory } from './process-memory.js';

/** The memory of the services of an arm, read once. */
export interface MemoryLook {
  readonly services: readonly ServiceMemory[];
  /** Each service and reason once. */
  readonly unread: readonly HeapUnread[];
  /** Service → its processes, so that new ones are seen. */
  readonly processes: ReadonlyMap<string, readonly number[]>;
}

/** A heap that changes while it is read is read again, so often, after this time. */
const ATTEMPTS = 5;
const WAIT_SECONDS = 0.3;

/** Reads the memory of the processes of these containers, without stopping them. */
export async function readServices(
  containers: readonly ContainerHandle[],
  clock: Pick<Clock, 'sleep'>,
  signal: AbortSignal,
): Promise<MemoryLook> {
  const unread = new Map<string, HeapUnread>();
  const processes = new Map<string, readonly number[]>();
  const services: ServiceMemory[] = [];
  for (const service of new Set(containers.map((one) => one.service))) {
    const ids = containers.flatMap((one) => (one.service === service ? one.id : []));
    const found: ProcessMemory[] = [];
    const pids: number[] = [];
    for (const pid of processesOf(ids)) {
      const memory = await readCalm(pid, clock, signal);
      if (memory === null) continue;
      pids.push(pid);
      found.push(memory);
    }
    const reasons = found.flatMap(({ heap }) => ('reason' in heap ? heap : []));
    for (const one of found.length === 0 ? [NOT_HERE] : reasons)
      unread.set(`${service} ${one.reason} ${one.detail}`, { service, ...one });
    processes.set(service, pids);
    if (found.length > 0) services.push(serviceMemory(service, found));
  }
  return { services, unread: [...unread.values()], processes };
}

/** Services with other processes the second time. */
export function replacedIn(before: MemoryLook, after: MemoryLook): readonly string[] {
  return [...after.processes].flatMap(([service, pids]) =>
    pids.join(' ') === before.processes.get(service)?.join(' ') ? [] : service,
  );
}

const NOT_HERE = { reason: 'not-here', detail: null } as const;

async function readCalm(pid: number, clock: Pick<Clock, 'sleep'>, signal: AbortSignal): Promise<ProcessMemory | null> {
  for (let attempt = 1; ; attempt += 1) {
    const memory = readProcessMemory(pid);
    const isTorn = memory !== null && 'reason' in memory.heap && memory.heap.reason === 'not-consistent';
    if (!isTorn || attempt === ATTEMPTS) return memory;
    await clock.sleep(WAIT_SECONDS, signal);
  }
}

/** Without a heap if a part of it is missing that may grow. Programs that have no such heap take nothing from it. */
function serviceMemory(service: string, found: readonly ProcessMemory[]): ServiceMemory {
  const mappings = new Map<string, number>();
  for (const process of found)
    for (const [name, bytes] of process.mappings) mappings.set(name, (mappings.get(name) ?? 0) + bytes);
  const read = found.flatMap(({ heap }) => ('reason' in heap ? [] : heap));
  const isWhole = found.every(
    ({ heap }) => !('reason' in heap) || !['too-large', 'not-consistent'].includes(heap.reason),
  );
  return { service, mappings, heap: isWhole && read.length > 0 ? read.reduce(together, NO_BLOCKS) : null };
}

/** Processes of this machine that are in one of these containers. Their cgroup has its id. */
function processesOf(ids: readonly string[]): readonly number[] {
  return (hostFiles.list('/proc') ?? []).flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const cgroup = hostFiles.readText(`/proc/${name}/cgroup`) ?? '';
    return ids.some((id) => cgroup.includes(id)) ? Number(name) : [];
  });
}
