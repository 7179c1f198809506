import type { ArmName } from '../model/index.js';
import type { RecordedRun, RecordedSeries } from '../series/index.js';

/** One replicate of one arm: a run as `readSeries` gives it, or one series per service. */
export type Replicate = RecordedRun | RecordedSeries | readonly RecordedSeries[];

export interface CompareOptions {
  /** Metric that decides; without it the most telling kind of memory that all recordings hold. */
  readonly metric?: string;
  /** The only service that is judged; all of them otherwise. */
  readonly service?: string;
  /** Growth difference that is accepted, bytes per request; default 32. */
  readonly marginBytesPerRequest?: number;
  /** The same per second; divided by the rate where requests were counted. */
  readonly marginBytesPerSecond?: number;
  /** Seconds of load left out at the start; default max(60 s, 4,500 requests), at most a third of the load. */
  readonly warmupSeconds?: number;
  /**
   * Requests per second during recordings that did not count them; default 75. Only turns a margin per request into one
   * per second.
   */
  readonly ratePerSecond?: number;
  readonly labels?: Readonly<Partial<Record<ArmName, string>>>;
  /** Title of the reports. */
  readonly name?: string;
  /** When the judgement is made; for the report. */
  readonly judgedAt?: Date;
}
