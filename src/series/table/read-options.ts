import type { Decimal } from './measures.js';

/** What somebody says about a file where it does not say it itself. */
export interface ReadOptions {
  /** Metric that will be judged. A fault in its column is then told with its place. */
  readonly metric?: string | undefined;
  readonly timeColumn?: string | undefined;
  /** Unit of a column of time that names none: `s`, `ms`, `us`, `ns`. */
  readonly timeUnit?: string | undefined;
  /** Column of requests answered so far; `none` where no column is one. */
  readonly requestsColumn?: string | undefined;
  /** Column of requests per second, added up over time. */
  readonly rateColumn?: string | undefined;
  readonly serviceColumn?: string | undefined;
  /** Unit of columns of memory that state none: `B`, `KiB`, `MiB`. */
  readonly unit?: string | undefined;
  /** Seconds between two readings of a file that has no times. */
  readonly intervalSeconds?: number | undefined;
  /** Sign that ends the whole part of numbers, where a file can be read in two ways. */
  readonly decimal?: Exclude<Decimal, 'auto'> | undefined;
}
