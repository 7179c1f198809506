import type { ContainerEventKind } from '../model/index.js';
import type { Sample } from './sample.js';

/** Where a probe puts what it finds. */
export interface Sink {
  readonly add: (sample: Sample) => void;
  readonly event: (kind: ContainerEventKind, detail: string) => void;
}

/** Reads one container, through its restarts. */
export interface Probe {
  /** The container runs, with this main process; false where it cannot be read. */
  up(pid: number): boolean;
  /** Settles once it reads, where opening takes time. @throws SlopegateError OBSERVE_FAILED where it cannot */
  ready(): Promise<void>;
  /** The container has ended: what its cgroup says from now on is not data. */
  down(exitCode: number | null): void;
  /** Looks now; `first` is true once in every second. */
  tick(second: number, first: boolean): void;
  close(): Promise<void>;
}
