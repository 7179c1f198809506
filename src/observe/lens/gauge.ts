import type Dockerode from 'dockerode';
import type { ContainerHandle } from '../../model/index.js';
import { dockerClient } from '../docker/client.js';
import { hostFiles, type KernelFiles } from '../kernel-files.js';
import { nodePrograms } from './ask-node.js';
import { heapNow } from './lens-probe.js';

/** Reads the live heap of services whenever it is asked. */
export interface HeapGauge {
  /**
   * Bytes by service, over all its containers; null for a service without a complete count. The lens does not count the
   * objects of Node.js.
   */
  read(): Readonly<Record<string, number | null>>;
}

/** Looks up the main processes of containers that run with the lens. A container that is started again is not found. */
export async function openHeapGauge(
  docker: Dockerode,
  containers: readonly ContainerHandle[],
  files: KernelFiles = hostFiles,
): Promise<HeapGauge> {
  const client = dockerClient(docker);
  const sources = await Promise.all(
    containers.map(async ({ id, service }) => {
      const pid = (await client.inspect(id))?.pid ?? 0;
      // Looked for once: a health check may be a program of Node.js that runs for a moment.
      const isCounted = pid !== 0 && nodePrograms(files, `/proc/${pid}/root`).length === 0;
      return { service, pid, isCounted };
    }),
  );
  return {
    read: () => {
      const heaps: Record<string, number | null> = {};
      for (const { service, pid, isCounted } of sources) {
        const heap = isCounted ? heapNow(files, pid) : null;
        const before = service in heaps ? (heaps[service] as number | null) : 0;
        heaps[service] = heap === null || before === null ? null : before + heap;
      }
      return heaps;
    },
  };
}
