import type { RunNote } from '../../model/index.js';
import { memorySample, present, type MemoryParts, type Sample } from '../sample.js';
import { statVersion2 } from '../cgroup/memory-version-2.js';

interface StatsDocument {
  readonly read?: string;
  readonly pids_stats?: { readonly current?: number };
  readonly memory_stats?: { readonly usage?: number; readonly stats?: Readonly<Record<string, number>> };
}

/**
 * One document of Docker's stats stream, on either cgroup version. Null for the empty documents, dated year 1, that
 * the daemon sends while a container is stopped, and for documents without memory.
 */
export function parseStats(document: unknown): Sample | null {
  const { read, pids_stats: pids, memory_stats: memory } = (document ?? {}) as StatsDocument;
  if (read === undefined || read.startsWith('0001-') || memory?.stats === undefined) return null;
  const stats = new Map(Object.entries(memory.stats));
  const parts: MemoryParts = stats.has('anon') ? statVersion2(stats) : statVersion1(stats);
  // The pids controller counts tasks, that is threads.
  return { ...memorySample({ usage: memory.usage, ...parts }), ...present({ threads: pids?.current }) };
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
