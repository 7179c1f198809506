/** Numbers by row; typed arrays and plain ones are both read. */
export type Column = ArrayLike<number>;

/** One service as some recorder saw it, row by row. Missing values are NaN. */
export interface RecordedSeries {
  /**
   * Name of the service; what both arms call alike is compared. Without one, all series of a replicate's place are one
   * service.
   */
  readonly service?: string;
  /** What the recorder says about where the readings come from: container, pod, instance… */
  readonly labels?: Readonly<Record<string, string>>;
  /** Seconds, from any origin, never falling. */
  readonly time: Column;
  /** Requests answered so far, never falling; null or absent if nobody counted. */
  readonly requests?: Column | null;
  /** Metrics by name: `anon_bytes`, `fds`, or any other. */
  readonly values: Readonly<Record<string, Column>>;
}

/** How one column of a file was understood. */
export interface UnderstoodColumn {
  readonly role: 'time' | 'requests' | 'service' | 'memory' | 'count';
  /** As the file calls it. */
  readonly name: string;
  /** As it is called from here on. */
  readonly metric?: string;
  /** In words: `KiB, by its name`. */
  readonly reading: string;
}

/** How a file was understood, for the person who can say whether that is right. */
export interface Understanding {
  readonly kind: string;
  readonly rows: number;
  readonly columns: readonly UnderstoodColumn[];
  /** What was decided about rows: sorted, reversed, numbered by an interval. */
  readonly remarks: readonly string[];
}

/** What one container run left: one series for each service. */
export interface RecordedRun {
  /** The file it was read from, or a name for it. */
  readonly source: string;
  readonly services: readonly RecordedSeries[];
  /** Absent for series that were not read from a file. */
  readonly understood?: Understanding;
}

/** The name of the only service of a recording that names none. */
export const UNNAMED_SERVICE = 'service';
