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
 * How much the upper bound overstates (Linux 6.18): nginx + ModSecurity as a proxy 0–17 bytes/request, nearly all of it page
 * tables of memory that grows; nginx looking up a new missing file with each request 594 bytes/request, uploads through
 * temporary files 97. Within a second it adds no noise (residual sd 0–2 KB).
 */
export const VERSION1_NOTES = [
  'cgroup v1 does not tell reclaimable slab (directory entries, inodes) from other kernel memory: kernel_unreclaimable_bytes is all kernel memory, an upper bound, and so is unreclaimable_bytes. Where a version grows in kernel_bytes but not in anon_bytes, it may only be looking up many file names; a host with cgroup v2 can tell.',
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
  const kernelBytes = parseNumber(kernel);
  const allKernel = kernelBytes === undefined ? undefined : kernelBytes + (parseNumber(sockets) ?? 0);
  return {
    usage: parseNumber(usage),
    anon: total('rss'),
    shmem,
    file: cache === undefined || shmem === undefined ? undefined : Math.max(0, cache - shmem),
    inactiveFile: total('inactive_file'),
    kernel: allKernel,
    kernelUnreclaimable: allKernel,
  };
}
