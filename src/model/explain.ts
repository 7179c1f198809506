/** Version of the document that `slopegate explain --json` prints. */
export const EXPLAIN_SCHEMA = 'slopegate.explain/1';

/** One function of a call stack, as far as it could be named. */
export interface ExplainedFrame {
  /** Null where no symbol covers the address. */
  readonly name: string | null;
  /** The file in the container; null for memory without a file. */
  readonly file: string | null;
  /** Package and version of the file, as far as known. */
  readonly package: string | null;
}

/** Bytes per request with the standard error of the sampling. */
export interface StackGrowth {
  readonly bytes: number;
  readonly error: number;
}

/** A call stack whose memory stays. It has the same names on both versions. */
export interface ExplainedStack {
  readonly service: string;
  /** The innermost first. */
  readonly frames: readonly ExplainedFrame[];
  readonly baseline: StackGrowth;
  readonly candidate: StackGrowth;
}

/** What `slopegate explain` found. */
export interface Explanation {
  readonly schema: typeof EXPLAIN_SCHEMA;
  readonly scenario: string;
  readonly labels: { readonly baseline: string; readonly candidate: string };
  /** Requests that were sent before each of the two readings. */
  readonly requests: number;
  /** All call stacks together. */
  readonly total: { readonly baseline: StackGrowth; readonly candidate: StackGrowth };
  /** Where the candidate grows more than the baseline, the largest difference first. */
  readonly stacks: readonly ExplainedStack[];
  /** Judged services in which nothing could be sampled. */
  readonly unseen: readonly string[];
  /** Samples for which the profiler had no room, on both versions together: their memory is missing here. */
  readonly lost: number;
}
