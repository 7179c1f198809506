import type { MemoryParts } from '../sample.js';
import { parseKeyValues, parseNumber } from './parse.js';

/** Texts of the version 2 files; null for a file that is not there. */
export interface MemoryFilesVersion2 {
  readonly stat: string;
  readonly current: string | null;
  /** memory.swap.current; null if the kernel has no swap. */
  readonly swap?: string | null;
}

export function memoryVersion2({ stat, current, swap }: MemoryFilesVersion2): MemoryParts {
  const values = parseKeyValues(stat);
  const swapped = parseNumber(swap ?? null);
  // Memory that was read back and is still in the swap is counted in both.
  const twice = values.get('swapcached') ?? 0;
  return {
    usage: parseNumber(current),
    ...statVersion2(values),
    swap: swapped === undefined ? undefined : Math.max(0, swapped - twice),
  };
}

/**
 * memory.stat of cgroup v2 (kernel: admin-guide/cgroup-v2.rst). `file` contains shared memory and tmpfs. `kernel`
 * (Linux 5.18 and later) contains slab, stacks, page tables, per-CPU and vmalloc memory but not `sock`. On older
 * kernels it is the sum of the listed parts.
 */
export function statVersion2(values: ReadonlyMap<string, number>): Omit<MemoryParts, 'usage'> {
  const file = values.get('file');
  const shmem = values.get('shmem');
  const kernel = values.get('kernel') ?? sumOfParts(values);
  const sock = values.get('sock') ?? 0;
  const reclaimable = values.get('slab_reclaimable');
  return {
    anon: values.get('anon'),
    shmem,
    file: file === undefined || shmem === undefined ? undefined : Math.max(0, file - shmem),
    inactiveFile: values.get('inactive_file'),
    kernel: kernel === undefined ? undefined : kernel + sock,
    kernelUnreclaimable:
      kernel === undefined || reclaimable === undefined ? undefined : Math.max(0, kernel - reclaimable) + sock,
  };
}

const KERNEL_PARTS = [
  'slab_reclaimable',
  'slab_unreclaimable',
  'kernel_stack',
  'pagetables',
  'sec_pagetables',
  'percpu',
  'vmalloc',
];

function sumOfParts(values: ReadonlyMap<string, number>): number | undefined {
  const parts = KERNEL_PARTS.flatMap((key) => values.get(key) ?? []);
  return parts.length === 0 ? undefined : parts.reduce((sum, value) => sum + value, 0);
}
