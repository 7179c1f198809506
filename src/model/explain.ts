/** One function of a call stack, as far as it could be named. */
export interface ExplainedFrame {
  /** Null where no symbol covers the address. */
  readonly name: string | null;
  /** The file in the container; null for memory without a file. */
  readonly file: string | null;
  /** The line on which the function begins, from 1; only for JavaScript. */
  readonly line?: number;
  /** Package and version of the file, as far as known. */
  readonly package: string | null;
}

/** A heap of a service that is sampled: the blocks of `malloc`, or the objects of Node.js. */
export interface SampledHeap {
  readonly service: string;
  readonly heap: 'malloc' | 'javascript';
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
