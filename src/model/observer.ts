import type { ArmName } from './arm.js';
import type { ContainerEvent, Reading } from './series.js';
import type { ContainerHandle } from './stack.js';
import type { RunNote } from './note.js';

export interface ObserveRequest {
  readonly arm: ArmName;
  readonly containers: readonly ContainerHandle[];
  /** Requests answered so far: the x-axis. */
  readonly answered: () => number;
  /** Seconds since the trial began, from a monotonic clock. */
  readonly elapsed: () => number;
  readonly onReading: (reading: Reading) => void;
  readonly onEvent: (event: ContainerEvent) => void;
}

/** An observation in progress. Disposing it takes the last full second and stops. */
export interface Observation extends AsyncDisposable {
  /** Where the numbers come from: `cgroup1`, `cgroup2` or `docker-stats`. */
  readonly source: string;
  /** What this source cannot tell. */
  readonly notes: readonly RunNote[];
}

/** Port: watches every container of one arm. */
export interface Observer {
  observe(request: ObserveRequest): Promise<Observation>;
}
