import type { ProcessStat } from '../cgroup/parse.js';

export interface Answer {
  readonly processes: readonly ProcessStat[];
  /** Undefined if they could not be read. */
  readonly fds: number | undefined;
  readonly sockets: number | undefined;
}

/** One line of the sidecar; null if the line is not from the sidecar. */
export function parseAnswer(document: unknown): Answer | null {
  const { processes, fds, sockets } = (document ?? {}) as {
    processes?: unknown;
    fds?: number | null;
    sockets?: number | null;
  };
  if (!Array.isArray(processes)) return null;
  return {
    processes: (processes as [number, string, number, number][]).map(([pid, command, parent, startTime]) => ({
      pid,
      command,
      parent,
      startTime,
    })),
    fds: fds ?? undefined,
    sockets: sockets ?? undefined,
  };
}
