import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** One thing below a path; `path` is empty for the path itself. */
export interface Entry {
  readonly path: string;
  readonly full: string;
  readonly stat: Stats;
}

export interface WalkLimits {
  readonly entries: number;
  readonly milliseconds: number;
}

/**
 * Enough for the folders of any stack. The limits end a walk through a whole disk, or on a network file system that
 * hangs.
 */
const LIMITS: WalkLimits = { entries: 100_000, milliseconds: 10_000 };

/**
 * Everything at or below a path, breadth first. Links are listed but not followed, and unreadable entries are skipped.
 * Returns whether everything was visited.
 */
export async function* walk(root: string, limits: WalkLimits = LIMITS): AsyncGenerator<Entry, boolean> {
  const deadline = AbortSignal.timeout(limits.milliseconds);
  let waiting = [''];
  let seen = 0;
  while (waiting.length > 0) {
    const next: string[] = [];
    for (const path of waiting) {
      if (seen >= limits.entries || deadline.aborted) return false;
      seen += 1;
      const full = path === '' ? root : join(root, path);
      const stat = await within(lstat(full), deadline);
      if (stat === null) continue;
      yield { path, full, stat };
      if (stat.isDirectory())
        next.push(...((await within(readdir(full), deadline)) ?? []).map((name) => join(path, name)));
    }
    waiting = next;
  }
  return true;
}

/** Null if it fails or takes longer than allowed. */
async function within<Value>(work: Promise<Value>, deadline: AbortSignal): Promise<Value | null> {
  return new Promise((resolve) => {
    const giveUp = (): void => resolve(null);
    deadline.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, giveUp).finally(() => deadline.removeEventListener('abort', giveUp));
  });
}
