/** One thing that is wrong with the files of a recording. Each one is named, so that nothing wrong can pass. */
export type RecordingFault =
  /** A line that cannot be read, or whose checksum is wrong. */
  | { readonly code: 'line-damaged'; readonly line: number }
  /** Lines that were written are missing: this many before this line. */
  | { readonly code: 'lines-missing'; readonly line: number; readonly missing: number }
  /** A line in a place in which it was not written. */
  | { readonly code: 'line-out-of-place'; readonly line: number }
  /** The manifest is not the one that the journal knows. */
  | { readonly code: 'manifest-changed' }
  /** More events than are read for one trial. */
  | { readonly code: 'events-left-out'; readonly trial: string; readonly events: number };

/** What the reader found out about the files of a recording. */
export interface Integrity {
  /** Whether the journal proves that each line is whole and in its place. */
  readonly sealed: boolean;
  /** In the order of the file; the first thousand. */
  readonly faults: readonly RecordingFault[];
  /** The last line is incomplete, as a killed run leaves it. It is left out. Nothing before it is in doubt. */
  readonly torn: boolean;
}
