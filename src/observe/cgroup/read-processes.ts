import type { KernelFiles } from '../kernel-files.js';
import { present, type Sample } from '../sample.js';
import type { CgroupLocation } from './locate.js';
import { parseIds, parseNumber } from './parse.js';

/** Approximate number of descriptor links that are read per container and second; each takes 2 µs. */
const LINKS_PER_SECOND = 200;

export interface ProcessReading {
  readonly sample: Sample;
  readonly pids: readonly number[];
}

/**
 * Processes, threads, descriptors and sockets of one container, read once per second. To distinguish sockets from other
 * descriptors, each needs one readlink. So with N times 200 descriptors, sockets are counted only every N seconds, and
 * the metric is absent in between.
 */
export function processReader(
  files: KernelFiles,
  { version, memory, pids: pidsFolder }: CgroupLocation,
): (second: number) => ProcessReading | null {
  let nextSockets = Number.NEGATIVE_INFINITY;
  return (second) => {
    const listed = files.readText(`${memory}/cgroup.procs`);
    if (listed === null) return null;
    const pids = parseIds(listed);
    const fds = countDescriptors(files, pids);
    const dueForSockets = fds !== undefined && second >= nextSockets;
    if (dueForSockets) nextSockets = second + Math.max(1, Math.ceil(fds / LINKS_PER_SECOND));
    const threads =
      parseNumber(pidsFolder === null ? null : files.readText(`${pidsFolder}/pids.current`)) ??
      countThreads(files, memory, version);
    // A container that keeps its processes in its own sub-cgroups lists none here. Unknown is not zero.
    const counted = pids.length > 0;
    return {
      pids,
      sample: present({
        pids: counted ? pids.length : undefined,
        threads,
        fds: counted ? fds : undefined,
        sockets: counted && dueForSockets ? countSockets(files, pids) : undefined,
      }),
    };
  };
}

function countThreads(files: KernelFiles, memory: string, version: 1 | 2): number | undefined {
  const text = files.readText(`${memory}/${version === 1 ? 'tasks' : 'cgroup.threads'}`);
  return text === null || text === '' ? undefined : parseIds(text).length;
}

/**
 * Undefined if no process can be inspected (another user's, without root). A process that just ended counts as nothing.
 */
function countDescriptors(files: KernelFiles, pids: readonly number[]): number | undefined {
  const counts = pids.flatMap((pid) => files.count(`/proc/${pid}/fd`) ?? []);
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
}

/** Undefined if a running process hides its descriptors, because a part of the sockets is not their number. */
function countSockets(files: KernelFiles, pids: readonly number[]): number | undefined {
  let sockets = 0;
  for (const pid of pids) {
    const entries = files.list(`/proc/${pid}/fd`);
    if (entries === null && files.readText(`/proc/${pid}/stat`) !== null) return undefined;
    for (const entry of entries ?? []) if (files.link(`/proc/${pid}/fd/${entry}`)?.startsWith('socket:')) sockets += 1;
  }
  return sockets;
}
