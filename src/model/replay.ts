import type { Trace } from './trace.js';

/**
 * Answered status by label: `counts['search']['200'] === 4512`. `none` counts requests that got no answer, `closed`
 * those whose connection the target closed properly instead, and `aborted` those that the client ended as planned.
 */
export type StatusCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** In `ReplayResult.statuses`: the client hung up before an answer, as planned. */
export const ABORTED = 1;

/** What happened to the values that journeys take from answers. */
export interface CapturedCounts {
  /** Answers by label of the request and name of the value: `shop.login csrf` → how many gave it. */
  readonly taken: Readonly<Record<string, number>>;
  /** In the same form: how many answers did not have the value, or did not come. */
  readonly missed: Readonly<Record<string, number>>;
  /** Requests by label that were sent with all their values. */
  readonly complete: Readonly<Record<string, number>>;
  /** Requests by label that were sent with a placeholder, because a value was missing. */
  readonly incomplete: Readonly<Record<string, number>>;
}

/** Milliseconds: the median, the value that one in a hundred exceeds, and the largest one. */
export interface Spread {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** How long the answers took in the judged window, and in its thirds, which have equally many requests. */
export interface LatencyInWindow {
  readonly whole: Spread;
  readonly thirds: readonly [first: Spread, second: Spread, third: Spread];
}

/** What was sent to one arm and how it answered. Counted by our own code at the socket, not by the engine. */
export interface ReplayResult {
  readonly engine: string;
  readonly planned: number;
  readonly sent: number;
  readonly answered: number;
  /** Requests that the client ended before an answer, as planned; absent if there were none. */
  readonly aborted?: number;
  /** `Trace.digest` of the trace given. */
  readonly plannedDigest: string;
  /**
   * SHA-256 (hex) over the requests sent, in trace order. It equals `Trace.digest` if all were sent once. A request
   * with values from answers counts in its form with placeholders, if everything else in it was sent as planned.
   */
  readonly sentDigest: string;
  /** Absent if no request of the trace needs a value from an answer. */
  readonly captured?: CapturedCounts;
  readonly counts: StatusCounts;
  /** Status answered to each request by trace index; 0 if none came, `ABORTED` if none was waited for. */
  readonly statuses: ArrayLike<number>;
  /** Multiset digest (`src/traffic/multiset-digest`) of the requests not blocked: what the origin should have seen. */
  readonly passedDigest: string;
  readonly passedCount: number;
  /** From the first request to the last answer. A request that never ended does not count. */
  readonly seconds: number;
  /** How long the schedule lasts; absent if there was none. */
  readonly scheduledSeconds?: number;
  /** Connections that were opened, and how many of them resumed an earlier TLS session. */
  readonly connections?: { readonly opened: number; readonly resumed: number };
  /**
   * How late requests left, compared with the schedule, in milliseconds. Requests of bursts are left out: they wait by
   * design.
   */
  readonly lateness: Spread;
  readonly latency: Spread;
  /** Absent if the run did not say where its window begins. */
  readonly latencyInWindow?: LatencyInWindow;
}

/**
 * During the whole load, the requests that are due in the first `share` (0…1) of every stretch of time leave together
 * at its start, as fast as the open connections answer. The rest leave when they are due. Bursts bring the memory that
 * a server keeps per request in progress (heap, arenas) to its maximum at once, again and again. A stall of the host
 * then finds it at its maximum already, and a leak cannot hide in memory that an earlier burst left free.
 */
export interface Bursts {
  readonly share: number;
  readonly everySeconds: number;
}

/** What a `Replayer` needs; the target must be loopback or a container of the run. */
export interface ReplayJob {
  readonly target: { readonly host: string; readonly port: number };
  readonly trace: Trace;
  /** Requests per second; null sends as fast as the target answers. */
  readonly rate: number | null;
  readonly blockedStatuses: readonly number[];
  readonly bursts?: Bursts;
  /** Number of requests before the judged window; absent: latency is not counted for the window. */
  readonly warmup?: number;
  /** A replay that is this far behind its schedule cannot count any more and is ended; absent: no replay is ended. */
  readonly mostLateSeconds?: number;
  readonly signal: AbortSignal;
}

/**
 * A replay in progress. `answered()` is the x-axis of every series, so it is cheap and never falls. Planned aborts
 * count as answered.
 */
export interface RunningReplay {
  answered(): number;
  sent(): number;
  /** Seconds by which the load is behind its schedule now; absent if the engine does not know. */
  behind?(): number;
  /** Answers that did not end and were given up; they do not count as answers. */
  givenUp?(): number;
  readonly done: Promise<ReplayResult>;
}

export interface Replayer {
  readonly name: string;
  start(job: ReplayJob): RunningReplay;
}

/** What reached the origin, by its own count, since it started or was last reset. */
export interface OriginCounts {
  readonly requests: number;
  readonly digest: string;
}
