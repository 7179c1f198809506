import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectName, type Belonging } from '../docker/labels.js';

/** Where the sockets of a trial's arm lie: a short path, since that of a socket may have 107 characters. */
export function apiFolderOf(belonging: Belonging): string {
  return join(tmpdir(), `slopegate-${createHash('sha256').update(projectName(belonging)).digest('hex').slice(0, 16)}`);
}
