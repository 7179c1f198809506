import type { MemoryParts } from '../sample.js';
import { parseKeyValues, parseNumber } from './parse.js';

/** Texts of the version 1 files; null for a file that is not there. */
export interface MemoryFilesVersion1 {
  readonly stat: string;
  readonly usage: string | null;
  /** memory.kmem.usage_in_bytes: slab, kernel stacks, page tables, per-CPU memory; already part of `usage`. */
  readonly kernel: string | null;
  /** memory.kmem.tcp.usage_in_bytes: socket buffers, counted apart from `usage`, and only under a kmem.tcp limit. */
  readonly sockets: string | null;
}

/**
 * cgroup v1 (kernel: admin-guide/cgroup-v1/memory.rst). The `total_` forms include cgroups below. `cache` holds shared
 * memory and tmpfs, `rss` does not.
 *
 * Other kernel memory does not count as unreclaimable. Measured on Linux 6.18: nginx that looks up a new missing file
 * with each request takes 594 bytes/request of directory entries, uploads through temporary files 97. The kernel gives
 * half of it back when it likes. A version that only looks up more names would fail as a leak.
 */
export function memoryVersion1({ stat, usage, kernel, sockets }: MemoryFilesVersion1): MemoryParts {
  const values = parseKeyValues(stat);
  const total = (key: string): number | undefined => values.get(`total_${key}`) ?? values.get(key);
  const cache = total('cache');
  const shmem = total('shmem');
  const slabAndStacks = parseNumber(kernel);
  const socketBuffers = parseNumber(sockets);
  return {
    usage: parseNumber(usage),
    anon: total('rss'),
    shmem,
    file: cache === undefined || shmem === undefined ? undefined : Math.max(0, cache - shmem),
    inactiveFile: total('inactive_file'),
    kernel: slabAndStacks === undefined ? undefined : slabAndStacks + (socketBuffers ?? 0),
    kernelUnreclaimable: socketBuffers,
    swap: total('swap'),
  };
}
