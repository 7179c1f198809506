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
export function statsNotes(version: 1 | 2, sidecar: boolean): readonly string[] {
  const notes = [
    sidecar
      ? "Processes, descriptors and sockets are counted by a container of slopegate's own beside each " +
        'one, in its pid namespace; memory and threads come from the Docker stats API.'
      : 'The Docker stats API has no processes, descriptors or sockets: pids, fds and sockets ' +
        'are missing, and a replaced worker is not noticed. `observe.sidecar: true` counts them.',
    'The Docker stats API gives about one reading a second (every 1.03 s, so some seconds have none): ' +
      'minimum and median of a second are the same, and short bursts of memory may look like slopes.',
  ];
  const missing =
    version === 1
      ? 'The Docker stats API under cgroup v1 has no shared and no kernel memory: unreclaimable_bytes ' +
        'is anonymous memory only, a lower bound.'
      : 'The Docker stats API may leave out page tables and per-CPU memory: kernel_bytes is the sum of ' +
        'the parts it lists, a lower bound.';
  return [...notes, missing];
}
