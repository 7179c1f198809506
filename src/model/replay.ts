import type { Trace } from './trace.js';

/**
 * Answered status by label: `counts['search']['200'] === 4512`; `none` counts requests that got no answer, `closed`
 * those whose
 * connection the target closed in good order instead, `aborted` those that the client hung up on as planned.
 */
export type StatusCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** In `ReplayResult.statuses`: the client hung up before an answer, as it was meant to. */
export const ABORTED = 1;

/** What became of the values that journeys take from answers. */
export interface CapturedCounts {
  /** Answers by label of the request and name of the value: `shop.login csrf` → how many gave it. */
  readonly taken: Readonly<Record<string, number>>;
  /** The same: how many answers did not have it, or did not come. */
  readonly missed: Readonly<Record<string, number>>;
  /** Requests by label that were sent with every value that they carry. */
  readonly complete: Readonly<Record<string, number>>;
  /** Requests by label that were sent with a stand-in, for a value was not there. */
  readonly incomplete: Readonly<Record<string, number>>;
}

/** What one arm was sent and how it answered; counted by us at the socket's edge, not by the engine. */
export interface ReplayResult {
  readonly engine: string;
  readonly planned: number;
  readonly sent: number;
  readonly answered: number;
  /** Requests that the client hung up on before an answer, as planned; none unless stated. */
  readonly aborted?: number;
  /** `Trace.digest` of the trace given. */
  readonly plannedDigest: string;
  /**
   * SHA-256 (hex) over the requests sent, in trace order; equals `Trace.digest` when all were sent once. A request that
   * carries values from answers counts as its form with stand-ins, if all else of it was sent as planned.
   */
  readonly sentDigest: string;
  /** Absent if no request of the trace is bound to an answer. */
  readonly captured?: CapturedCounts;
  readonly counts: StatusCounts;
  /** Status answered to each request by trace index; 0 where none came, `ABORTED` where none was waited for. */
  readonly statuses: ArrayLike<number>;
  /** Multiset digest (`src/traffic/multiset-digest`) of the requests not blocked: what the origin should have seen. */
  readonly passedDigest: string;
  readonly passedCount: number;
  /** From the first request to the last answer; one that never ended and was given up is not waited for. */
  readonly seconds: number;
  /** How long the schedule lasts; absent if there was none. */
  readonly scheduledSeconds?: number;
  /** Connections that were opened, and how many of them took up an earlier TLS session. */
  readonly connections?: { readonly opened: number; readonly resumed: number };
  /**
   * How late requests left against the schedule, in milliseconds; those of bursts, which wait by design, are left out.
   */
  readonly lateness: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly latency: { readonly p50: number; readonly p99: number; readonly max: number };
}

/**
 * All along, the requests due in the first `share` (0…1) of every stretch of time leave together at its start, as fast
 * as the open connections
 * answer; the rest leave when they are due. Bursts drive what a server keeps per request in flight (heap, arenas) to
 * its height at once, and
 * again and again: a stall of the host then finds it there already, and what leaks cannot hide in room that an earlier
 * burst left behind.
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
  /** A replay that is further behind its schedule cannot count any more and is ended; without it, none is. */
  readonly mostLateSeconds?: number;
  readonly signal: AbortSignal;
}

/**
 * A replay under way: `answered()` is the x-axis of every series, so it is cheap and monotone; planned aborts count as
 * answered.
 */
export interface RunningReplay {
  answered(): number;
  sent(): number;
  /** Seconds that the load is behind its schedule now; absent if the engine has none of its own. */
  behind?(): number;
  /** Answers that were given up since they did not end; they count as none. */
  givenUp?(): number;
  readonly done: Promise<ReplayResult>;
}

export interface Replayer {
  readonly name: string;
  start(job: ReplayJob): RunningReplay;
}

/** What the origin says reached it since it started or was last reset. */
export interface OriginCounts {
  readonly requests: number;
  readonly digest: string;
}
