import type { KernelFiles } from '../kernel-files.js';
import { memorySample, type Sample } from '../sample.js';
import type { CgroupLocation } from './locate.js';
import { memoryVersion1 } from './memory-version-1.js';
import { memoryVersion2 } from './memory-version-2.js';
import { parseKeyValues } from './parse.js';

/** One look at a container's memory (bytes); null when its cgroup is gone. */
export function readMemory(files: KernelFiles, { version, memory }: CgroupLocation): Sample | null {
  const stat = files.readText(`${memory}/memory.stat`);
  if (stat === null) return null;
  if (version === 2)
    return memorySample(
      memoryVersion2({
        stat,
        current: files.readText(`${memory}/memory.current`),
        swap: files.readText(`${memory}/memory.swap.current`),
      }),
    );
  const usage = files.readText(`${memory}/memory.usage_in_bytes`);
  const kernel = files.readText(`${memory}/memory.kmem.usage_in_bytes`);
  const sockets = files.readText(`${memory}/memory.kmem.tcp.usage_in_bytes`);
  return memorySample(memoryVersion1({ stat, usage, kernel, sockets }));
}

/** How many processes of the container the kernel has killed because memory ran out; null if it does not say. */
export function readOomKills(files: KernelFiles, { version, memory }: CgroupLocation): number | null {
  const text = files.readText(`${memory}/${version === 1 ? 'memory.oom_control' : 'memory.events'}`);
  return text === null ? null : (parseKeyValues(text).get('oom_kill') ?? null);
}

/**
 * The same for all cgroups in the folder of the container's cgroup, under version 2. This count still exists after the
 * container's own cgroup is gone with its last process.
 */
export function readOomKillsAround(files: KernelFiles, { version, memory }: CgroupLocation): number | null {
  if (version === 1) return null;
  const text = files.readText(`${memory.slice(0, memory.lastIndexOf('/'))}/memory.events`);
  return text === null ? null : (parseKeyValues(text).get('oom_kill') ?? null);
}
