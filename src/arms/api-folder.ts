import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectName, type ResourceOwner } from '../docker/labels.js';

/**
 * The folder for the sockets of a trial's arm. The path is short, because a socket's path can have only 107 characters.
 */
export function apiFolderOf(ownedBy: ResourceOwner): string {
  return join(tmpdir(), `slopegate-${createHash('sha256').update(projectName(ownedBy)).digest('hex').slice(0, 16)}`);
}
