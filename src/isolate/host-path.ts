/** What stands at a host path that a compose file mounts. */
export interface HostPath {
  readonly kind: 'file' | 'folder' | 'socket' | 'missing';
  /**
   * The small text files at or below the path, one after the other; empty where there are none or they were not read.
   */
  readonly text: string;
}

export const MISSING: HostPath = { kind: 'missing', text: '' };
