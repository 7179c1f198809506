import type { RunNote } from '../../model/index.js';
import { memorySample, present, type MemoryParts, type Sample } from '../sample.js';
import { statVersion2 } from '../cgroup/memory-version-2.js';

/** Bytes of one operation on one device. */
interface DeviceBytes {
  readonly op?: string;
  readonly value?: number;
}

interface StatsDocument {
  readonly read?: string;
  readonly pids_stats?: { readonly current?: number };
  readonly cpu_stats?: { readonly cpu_usage?: { readonly total_usage?: number } };
  readonly blkio_stats?: { readonly io_service_bytes_recursive?: readonly DeviceBytes[] | null };
  readonly memory_stats?: { readonly usage?: number; readonly stats?: Readonly<Record<string, number>> };
}

/**
 * One document of Docker's stats stream, on either cgroup version. Null for the empty documents, dated year 1, that
 * the daemon sends while a container is stopped, and for documents without memory.
 */
export function parseStats(document: unknown): Sample | null {
  const { read, pids_stats: pids, memory_stats: memory, ...usage } = (document ?? {}) as StatsDocument;
  if (read === undefined || read.startsWith('0001-') || memory?.stats === undefined) return null;
  const stats = new Map(Object.entries(memory.stats));
  const isVersion2 = stats.has('anon');
  const parts: MemoryParts = isVersion2 ? statVersion2(stats) : statVersion1(stats);
  const cpu = usage.cpu_stats?.cpu_usage?.total_usage;
  return {
    ...memorySample({ usage: memory.usage, ...parts }),
    ...present({
      // The pids controller counts tasks, that is threads.
      threads: pids?.current,
      cpu_ms: cpu === undefined ? undefined : Math.round(cpu / 1e6),
      written_bytes: isVersion2 ? writtenBytes(usage.blkio_stats?.io_service_bytes_recursive ?? []) : undefined,
    }),
  };
}

/** Version 1 does not know who wrote what the kernel writes later. An empty list can mean that nothing is counted. */
function writtenBytes(devices: readonly DeviceBytes[]): number | undefined {
  if (devices.length === 0) return undefined;
  return devices.reduce((sum, { op, value }) => (op?.toLowerCase() === 'write' ? sum + (value ?? 0) : sum), 0);
}

/**
 * The version 1 documents have neither shared memory nor kernel memory. Page cache without shared memory is what the
 * file lists hold, since the kernel keeps tmpfs pages on the anonymous lists.
 */
function statVersion1(stats: ReadonlyMap<string, number>): MemoryParts {
  const active = stats.get('total_active_file');
  const inactive = stats.get('total_inactive_file');
  return {
    anon: stats.get('total_rss'),
    file: active === undefined || inactive === undefined ? undefined : active + inactive,
    inactiveFile: inactive,
  };
}

/** What the stats API cannot tell, and what a sidecar tells instead. */
export function statsNotes(version: 1 | 2, sidecar: boolean): readonly RunNote[] {
  return [
    { code: sidecar ? 'stats-with-sidecar' : 'stats-without-processes', facts: {} },
    { code: 'stats-once-a-second', facts: {} },
    { code: version === 1 ? 'stats-without-shared-memory' : 'stats-kernel-memory-partial', facts: {} },
  ];
}
