import type { Trace } from './trace.js';

/** Answered status by label: `counts['search']['200'] === 4512`; `none` counts requests that got no answer. */
export type StatusCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What one arm was sent and how it answered; counted by us at the socket's edge, not by the engine. */
export interface ReplayResult {
  readonly engine: string;
  readonly planned: number;
  readonly sent: number;
  readonly answered: number;
  /** `Trace.digest` of the trace given. */
  readonly plannedDigest: string;
  /** SHA-256 (hex) over the requests sent, in trace order; equals `Trace.digest` when all were sent once. */
  readonly sentDigest: string;
  readonly counts: StatusCounts;
  /** Status answered to each request by trace index; 0 where none came. */
  readonly statuses: readonly number[];
  /** Multiset digest (`src/traffic/multisetDigest`) of the requests not blocked: what the origin should have seen. */
  readonly passedDigest: string;
  readonly passedCount: number;
  readonly seconds: number;
  /** How late requests left against the schedule, in milliseconds. */
  readonly lateness: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly latency: { readonly p50: number; readonly p99: number; readonly max: number };
}

/** What a `Replayer` needs; the target must be loopback or a container of the run. */
export interface ReplayJob {
  readonly target: { readonly host: string; readonly port: number };
  readonly trace: Trace;
  /** Requests per second; null sends as fast as the target answers. */
  readonly rate: number | null;
  readonly blockedStatuses: readonly number[];
  readonly signal: AbortSignal;
}

/** A replay under way: `answered()` is the x-axis of every series, so it is cheap and monotone. */
export interface RunningReplay {
  answered(): number;
  sent(): number;
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
