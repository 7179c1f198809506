/** What the hosts of the two arms may differ in. */
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
  /** Memory is laid out or counted in another way: the growths can't be compared. */
  readonly grave: boolean;
}
