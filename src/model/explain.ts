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
