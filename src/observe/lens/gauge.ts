import type Dockerode from 'dockerode';
import type { ContainerHandle } from '../../model/index.js';
import { dockerClient } from '../docker/client.js';
import { hostFiles, type KernelFiles } from '../kernel-files.js';
import { heapNow } from './lens-probe.js';

/** Reads the live heap of services whenever it is asked. */
export interface HeapGauge {
  /** Bytes by service, over all its containers; a service without a complete count is null. */
  read(): Readonly<Record<string, number | null>>;
}

/** Looks up the main processes of containers that run with the lens. A container that is started again is not found. */
export async function openHeapGauge(
  docker: Dockerode,
  containers: readonly ContainerHandle[],
  files: KernelFiles = hostFiles,
): Promise<HeapGauge> {
  const client = dockerClient(docker);
  const pids = await Promise.all(
    containers.map(async ({ id, service }) => ({ service, pid: (await client.inspect(id))?.pid ?? 0 })),
  );
  return {
    read: () => {
      const heaps: Record<string, number | null> = {};
      for (const { service, pid } of pids) {
        const heap = pid === 0 ? null : heapNow(files, pid);
        const before = service in heaps ? (heaps[service] as number | null) : 0;
        heaps[service] = heap === null || before === null ? null : before + heap;
      }
      return heaps;
    },
  };
}
