/**
 * What else a container uses up, each counted since the container started: processor time in whole milliseconds, bytes
 * written to disks, and bytes of the log that Docker keeps of its output.
 */
export const USAGE_METRICS = ['cpu_ms', 'written_bytes', 'log_bytes'] as const;

/** Metrics of one container, in the order they are journalled. Bytes unless the name says otherwise. */
export const METRICS = [
  'unreclaimable_bytes',
  'anon_bytes',
  'shmem_bytes',
  'file_bytes',
  'kernel_bytes',
  'kernel_unreclaimable_bytes',
  'usage_bytes',
  'working_set_bytes',
  'pids',
  'threads',
  'fds',
  'sockets',
  'live_bytes',
  ...USAGE_METRICS,
] as const;
export type Metric = (typeof METRICS)[number];

/** The metric that decides: memory that the kernel cannot take back (anon + shmem + unreclaimable kernel memory). */
export const PRIMARY_METRIC: Metric = 'unreclaimable_bytes';

/** What a service has taken from its allocator and not given back; read only with the lens (`observe.lens`). */
export const LIVE_METRIC: Metric = 'live_bytes';

/**
 * One second of one container: the minimum and the median of each metric's readings in that second; null if not
 * readable.
 */
export interface Reading {
  readonly service: string;
  /** Container number within the service (compose scale), from 1. */
  readonly container: number;
  /** Seconds since the trial began (monotonic clock). */
  readonly time: number;
  /** Requests answered by the arm at the end of that second. */
  readonly requests: number;
  readonly minimum: Readonly<Partial<Record<Metric, number>>>;
  readonly median: Readonly<Partial<Record<Metric, number>>>;
}

/**
 * Numbers of a series. 32 bits are used if no number loses anything by it: seconds, counts and whole pages of memory
 * fit.
 */
export type SeriesColumn = Float64Array | Float32Array;

/** All readings of one service in one trial, columnar; containers of one service are summed. Missing values are NaN. */
export interface ServiceSeries {
  readonly service: string;
  readonly role: string;
  /** Numbers of the containers that were read and summed; absent for series that another tool recorded. */
  readonly containers?: readonly number[];
  readonly time: SeriesColumn;
  readonly requests: SeriesColumn;
  readonly minimum: Readonly<Partial<Record<Metric, SeriesColumn>>>;
  readonly median: Readonly<Partial<Record<Metric, SeriesColumn>>>;
}

export type ContainerEventKind = 'oom-kill' | 'exit' | 'restart' | 'process-replaced' | 'vanished';

/** Something that happened to a container while it was watched. */
export interface ContainerEvent {
  readonly kind: ContainerEventKind;
  readonly service: string;
  readonly container: number;
  readonly time: number;
  readonly requests: number;
  /** Exit code, signal, old and new pid: one line for people. */
  readonly detail: string;
  /** The last lines that the container wrote, without secrets; absent if it still runs or wrote nothing. */
  readonly log?: string;
}
