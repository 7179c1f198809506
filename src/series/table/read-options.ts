import type { Decimal } from './measures.js';

/** What the user says about a file because the file does not say it. */
export interface ReadOptions {
  /** The metric that will be judged. A fault in its column is then reported with its place. */
  readonly metric?: string | undefined;
  readonly timeColumn?: string | undefined;
  /** Unit of a time column without a unit: `s`, `ms`, `us`, `ns`. */
  readonly timeUnit?: string | undefined;
  /** Column of requests answered so far; `none` if there is no such column. */
  readonly requestsColumn?: string | undefined;
  /** Column of requests per second, which is added up over time. */
  readonly rateColumn?: string | undefined;
  readonly serviceColumn?: string | undefined;
  /** Unit of memory columns without a unit: `B`, `KiB`, `MiB`. */
  readonly unit?: string | undefined;
  /** Seconds between two readings, if a file has no times. */
  readonly intervalSeconds?: number | undefined;
  /** Decimal sign of numbers, if a file can be read in two ways. */
  readonly decimal?: Exclude<Decimal, 'auto'> | undefined;
}
