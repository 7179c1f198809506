import type { ProcessStat } from './parse.js';

/** A process that lives less than this is not a worker: health checks, shells, short helpers. Seconds. */
const WORKER_SECONDS = 3;
/** A reload starts the new worker before the old one ends, a crash does it the other way round. Seconds. */
const PAIR_SECONDS = 5;

export interface Replacement {
  readonly command: string;
  readonly before: number;
  readonly after: number;
}

interface Known extends ProcessStat {
  readonly since: number;
}

/**
 * Detects that a worker was replaced: a process that had lived for three seconds is gone, and another one with the same
 * command and the same parent came within five seconds. A process is identified by pid and start time, not by the pid
 * alone.
 */
export function replacementDetector(
  stat: (pid: number) => ProcessStat | null,
): (pids: readonly number[], time: number) => readonly Replacement[] {
  const alive = new Map<number, Known>();
  let gone: Known[] = [];
  let born: Known[] = [];
  let first = true;
  return (pids, time) => {
    const listed = new Set(pids);
    for (const known of alive.values()) {
      if (listed.has(known.pid)) continue;
      alive.delete(known.pid);
      if (time - known.since >= WORKER_SECONDS) gone.push({ ...known, since: time });
    }
    for (const pid of pids) {
      if (alive.has(pid)) continue;
      const found = stat(pid);
      if (found === null) continue;
      alive.set(pid, { ...found, since: first ? Number.NEGATIVE_INFINITY : time });
      if (!first) born.push({ ...found, since: time });
    }
    first = false;
    gone = gone.filter(({ since }) => time - since <= PAIR_SECONDS);
    born = born.filter(({ pid, since }) => time - since <= PAIR_SECONDS && alive.has(pid));
    return pairUp(gone, born);
  };
}

/** `process replaced: nginx 80 → 95`, of up to five. */
export function describeReplacements(replacements: readonly Replacement[]): string {
  const listed = replacements.slice(0, 5).map(({ command, before, after }) => `${command} ${before} → ${after}`);
  const more = replacements.length > listed.length ? ` and ${replacements.length - listed.length} more` : '';
  return `process replaced: ${listed.join(', ')}${more}`;
}

/** Removes matching pairs from both lists. */
function pairUp(gone: Known[], born: Known[]): readonly Replacement[] {
  const pairs: Replacement[] = [];
  for (let index = gone.length - 1; index >= 0; index -= 1) {
    const old = gone[index];
    const heir = born.findIndex(
      (young) => young.command === old?.command && young.parent === old.parent && young.startTime > old.startTime,
    );
    if (old === undefined || heir < 0) continue;
    gone.splice(index, 1);
    const [young] = born.splice(heir, 1);
    if (young !== undefined) pairs.unshift({ command: old.command, before: old.pid, after: young.pid });
  }
  return pairs;
}
