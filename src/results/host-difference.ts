/** In what the hosts of the two arms may differ. */
export type HostTrait =
  | 'architecture'
  | 'cpus'
  | 'cgroup-version'
  | 'processor'
  | 'kernel'
  | 'system'
  | 'docker'
  | 'storage-driver'
  | 'memory'
  | 'swap';

export interface HostDifference {
  readonly what: HostTrait;
  /** Bytes of `memory` and `swap`. */
  readonly baseline: string | number;
  readonly candidate: string | number;
  /** Memory is counted or laid out in another way: the growths cannot be compared. */
  readonly grave: boolean;
}
