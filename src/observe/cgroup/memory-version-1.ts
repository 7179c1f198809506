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
 * Why kernel memory does not count here, measured on Linux 6.18: nginx looking up a new missing file with each request
 * takes 594
 * bytes/request of directory entries, uploads through temporary files 97, and half of it goes at the kernel's first
 * wish.
 * A version that only began to look up more names would fail as a leak.
 */
export const VERSION1_NOTES = [
  'cgroup v1 does not separate reclaimable slab (directory entries, inodes) from other kernel memory: ' +
    ('kernel_bytes is shown but does not count towards unreclaimable_bytes, which is anonymous and shared ' +
      'memory and, where they are accounted, socket buffers. A host with cgroup v2 separates them.'),
];

/**
 * cgroup v1 (kernel: admin-guide/cgroup-v1/memory.rst). The `total_` forms include cgroups below. `cache` holds shared
 * memory and tmpfs, `rss` does not.
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
