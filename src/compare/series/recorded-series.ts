/** Numbers by row; typed arrays and plain ones are both read. */
export type Column = ArrayLike<number>;

/** One service as some recorder saw it, row by row. Missing values are NaN. */
export interface RecordedSeries {
  /**
   * Name of the service; what both arms call alike is compared. Without one, all series of a replicate's place are one
   * service.
   */
  readonly service?: string;
  /** Seconds, from any origin, never falling. */
  readonly time: Column;
  /** Requests answered so far, never falling; null or absent where nobody counted. */
  readonly requests?: Column | null;
  /** Metrics by name: `anon_bytes`, `fds`, or any other. */
  readonly values: Readonly<Record<string, Column>>;
}

/** What one container run left: one series for each service. */
export interface RecordedRun {
  /** The file it was read from, or a name for it. */
  readonly source: string;
  readonly services: readonly RecordedSeries[];
}

/** Fewer readings than this say nothing of a slope, however they lie. */
export const FEWEST_ROWS = 30;

/** The name of the only service of a recording that names none. */
export const UNNAMED_SERVICE = 'service';
