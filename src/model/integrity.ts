/** One thing that is wrong with a recording as it lies on the disk, so that nothing can pass by it. */
export type RecordingFault =
  /** A line that cannot be read, or whose checksum is wrong. */
  | { readonly code: 'line-damaged'; readonly line: number }
  /** Lines that were written are not there: so many before this line. */
  | { readonly code: 'lines-missing'; readonly line: number; readonly missing: number }
  /** A line that stands in a place where it was not written. */
  | { readonly code: 'line-out-of-place'; readonly line: number }
  /** The manifest is not the one that the journal knows. */
  | { readonly code: 'manifest-changed' }
  /** More events than are read of one trial. */
  | { readonly code: 'events-left-out'; readonly trial: string; readonly events: number };

/** What the reader found of the state of a recording's own files. */
export interface Integrity {
  /** Whether the journal carries what shows that each line is whole and in its place. */
  readonly sealed: boolean;
  /** In the order of the file; the first thousand. */
  readonly faults: readonly RecordingFault[];
  /** The last line was cut off, as a killed run leaves it: it is left out, and nothing before it is in doubt. */
  readonly torn: boolean;
}
