import { basename } from 'node:path';
import type { Entry } from './walk.js';

/** The database server that seems to use a folder, recognised by a file that it removes or empties when it ends. */
export function runningDatabase({ path, stat }: Entry): string | null {
  if (!stat.isFile()) return null;
  const name = basename(path);
  if (name === 'postmaster.pid') return 'PostgreSQL';
  if (name === 'ibtmp1') return 'MySQL or MariaDB';
  if (name === 'mongod.lock' && stat.size > 0) return 'MongoDB';
  if (name.endsWith('-wal') && stat.size > 0) return 'SQLite';
  return null;
}
