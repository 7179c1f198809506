import type { ContainerEventKind } from '../model/index.js';
import type { Sample } from './sample.js';

/** Where a probe reports what it finds. */
export interface Sink {
  readonly add: (sample: Sample) => void;
  readonly event: (kind: ContainerEventKind, detail: string) => void;
}

/** Reads one container, also after its restarts. */
export interface Probe {
  /** The container runs with this main process; false if it cannot be read. */
  up(pid: number): boolean;
  /** Settles when it can read, if opening takes time. @throws SlopegateError OBSERVE_FAILED if it cannot */
  ready(): Promise<void>;
  /** The container has ended: later values of its cgroup are not data. */
  down(exitCode: number | null): void;
  /** Looks now; `first` is true once in every second. */
  tick(second: number, first: boolean): void;
  close(): Promise<void>;
}
