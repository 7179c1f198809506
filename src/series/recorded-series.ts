/** Numbers by row, in a typed array or a plain one. */
export type Column = ArrayLike<number>;

/** One service as another tool recorded it, row by row. Missing values are NaN. */
export interface RecordedSeries {
  /**
   * Name of the service. Services with the same name on both arms are compared. Without names, all series of one
   * recording belong to one service.
   */
  readonly service?: string;
  /** Where the readings come from, as the tool says it: container, pod, instance… */
  readonly labels?: Readonly<Record<string, string>>;
  /** Seconds from any starting point, never falling. */
  readonly time: Column;
  /** Requests answered so far, never falling; null or absent if they were not counted. */
  readonly requests?: Column | null;
  /** Metrics by name: `anon_bytes`, `fds`, or any other. */
  readonly values: Readonly<Record<string, Column>>;
}

/** How one column of a file was understood. */
export interface UnderstoodColumn {
  readonly role: 'time' | 'requests' | 'service' | 'memory' | 'count';
  /** Its name in the file. */
  readonly name: string;
  /** Its name from here on. */
  readonly metric?: string;
  /** In words: `KiB, by its name`. */
  readonly reading: string;
}

/** How a file was understood. The user can see from this whether it is right. */
export interface Understanding {
  readonly kind: string;
  readonly rows: number;
  readonly columns: readonly UnderstoodColumn[];
  /** What was done with the rows: sorted, reversed, numbered by an interval. */
  readonly remarks: readonly string[];
}

/** The recording of one container run: one series for each service. */
export interface RecordedRun {
  /** The file from which it was read, or a name for it. */
  readonly source: string;
  readonly services: readonly RecordedSeries[];
  /** Absent for series that were not read from a file. */
  readonly understood?: Understanding;
}

/** The name of the only service of a recording without names. */
export const UNNAMED_SERVICE = 'service';
