import type { Metric } from '../model/index.js';

/** The values of one look at a container. A metric that could not be read is absent, never 0. */
export type Sample = Partial<Record<Metric, number>>;

/** Bytes of each class of memory, before they are added; undefined if the source does not say. */
export interface MemoryParts {
  readonly usage?: number | undefined;
  readonly anon?: number | undefined;
  readonly shmem?: number | undefined;
  /** Page cache without shared memory and tmpfs. */
  readonly file?: number | undefined;
  readonly inactiveFile?: number | undefined;
  readonly kernel?: number | undefined;
  readonly kernelUnreclaimable?: number | undefined;
  /** Anonymous memory that was swapped out, which the process still holds. Undefined if there is no swap. */
  readonly swap?: number | undefined;
}

/**
 * Converts parts to metrics. The sums are made here, within one look. So the minimum of a second is the minimum of the
 * sum, and not a sum of minima from different moments.
 */
export function memorySample(parts: MemoryParts): Sample {
  const { usage, inactiveFile, anon, shmem, kernelUnreclaimable, swap } = parts;
  return present({
    unreclaimable_bytes:
      anon === undefined ? undefined : anon + (shmem ?? 0) + (kernelUnreclaimable ?? 0) + (swap ?? 0),
    anon_bytes: anon,
    shmem_bytes: shmem,
    file_bytes: parts.file,
    kernel_bytes: parts.kernel,
    kernel_unreclaimable_bytes: kernelUnreclaimable,
    usage_bytes: usage,
    working_set_bytes:
      usage === undefined || inactiveFile === undefined ? undefined : Math.max(0, usage - inactiveFile),
  });
}

/** Removes what is undefined or not a number. */
export function present(values: { readonly [M in Metric]?: number | undefined }): Sample {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(value)));
}
