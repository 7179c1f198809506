import type { ArmName } from '../model/index.js';
import type { RecordedRun, RecordedSeries } from '../series/index.js';

/** One replicate of one arm: a run from `readSeries`, or one series per service. */
export type Replicate = RecordedRun | RecordedSeries | readonly RecordedSeries[];

export interface CompareOptions {
  /** Metric that decides; by default the most useful kind of memory that all recordings have. */
  readonly metric?: string;
  /** The only service that is judged; by default all are. */
  readonly service?: string;
  /** Growth difference that is accepted, bytes per request; default 32. */
  readonly marginBytesPerRequest?: number;
  /** The same per second; divided by the rate if requests were counted. */
  readonly marginBytesPerSecond?: number;
  /** Seconds of load left out at the start; default max(60 s, 4,500 requests), at most a third of the load. */
  readonly warmupSeconds?: number;
  /**
   * Requests per second for recordings that did not count them; default 75. It only converts a margin per request into
   * one per second.
   */
  readonly ratePerSecond?: number;
  readonly labels?: Readonly<Partial<Record<ArmName, string>>>;
  /** Title of the reports. */
  readonly name?: string;
  /** Time of the judgement, for the report. */
  readonly judgedAt?: Date;
}
