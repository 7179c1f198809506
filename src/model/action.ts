import type { Failure } from './failure.js';
import type { RequestSpan } from './request-span.js';
import type { Step } from './step.js';

/** A point of a trial's load: a share (0…1) of the judged window, or requests or seconds since the load began. */
export interface Moment {
  readonly of: 'window' | 'requests' | 'seconds';
  readonly value: number;
}

/**
 * Something done to both arms while they are under load. Both arms do it at the same request. At least one of the two
 * moments is stated.
 */
export interface Action {
  readonly at: Moment | null;
  /**
   * Distance from one time to the next. Without `at`, the first time is one such distance after the window (or the
   * load) begins.
   */
  readonly every: Moment | null;
  readonly step: Step;
}

/** An action that one trial did or tried to do. */
export interface ActionRecord {
  readonly name: string;
  /** The service on which it was done. */
  readonly service: string;
  /** Requests of the trial that should be sent before it. */
  readonly due: number;
  /** Requests sent when it began: almost the same number on both arms. */
  readonly sent: number;
  /** Seconds since the trial began and requests answered, when it began. */
  readonly time: number;
  readonly requests: number;
  /** How long it took. */
  readonly seconds: number;
  /** Why it did not succeed; null if it did. */
  readonly failure: Failure | null;
}

/** What a moment is converted with: requests before the window and in it, and requests per second. */
export interface Load {
  readonly warmup: number;
  readonly window: number;
  readonly rate: number;
}

/** Requests that are sent before a moment comes. */
export function requestsBefore({ of, value }: Moment, { warmup, window, rate }: Load): number {
  if (of === 'requests') return value;
  return Math.floor(of === 'seconds' ? value * rate : warmup + value * window);
}

/** The larger of the two counts that a span states. */
export function requestsIn({ requests, seconds }: RequestSpan, rate: number): number {
  return Math.max(requests, Math.ceil(seconds * rate));
}
