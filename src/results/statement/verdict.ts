import type { Estimate } from '../estimate.js';
import type { SubjectName } from './growth.js';
import type { NoFacts, Stated } from '../../model/stated.js';

/** What a verdict says besides the statements about services, checks and findings on which it is based. */
export interface VerdictFacts {
  readonly void: NoFacts;
  readonly 'others-grow': { readonly subjects: readonly SubjectName[] };
  /** A growth that fails, told in two parts. `explained`: the requests' own part is not surely above the margin. */
  readonly 'growth-in-two-parts': SubjectName & {
    readonly perHour: Estimate;
    readonly perRequest: Estimate;
    readonly margin: number;
    readonly explained: boolean;
  };
  readonly 'all-within-margin': {
    readonly services: number;
    readonly nearest: SubjectName & {
      readonly unit: string;
      readonly difference: Estimate;
      readonly margin: number;
      readonly surelyBelow: number | null;
    };
  };
  readonly 'all-pass-some-settled': NoFacts;
  readonly 'nothing-measured': NoFacts;
  readonly 'nothing-judged': NoFacts;
  readonly 'others-open': { readonly others: number; readonly of: number };
}

/** A longer window, in requests and seconds; requests are null if growth is per second. */
export interface Length {
  readonly requests: number | null;
  readonly seconds: number;
  readonly ratePerSecond: number;
}

/** What to do next. */
export interface AdviceFacts {
  readonly 'repair-and-rerun': NoFacts;
  /** Replicates that began were not measured to their end. */
  readonly 'measure-all': NoFacts;
  readonly 'do-not-deploy': { readonly because: 'growth' | 'finding' };
  /** A service passes because its growth has stopped. The user must accept what it gained. */
  readonly 'accept-gain': SubjectName & { readonly unit: string; readonly gained: number };
  readonly 'run-confirmation': { readonly seconds: number };
  readonly 'repeat-confirmation': { readonly seconds: number };
  readonly 'warm-up-or-longer': { readonly warmup: Length; readonly window: Length };
  readonly 'longer-for-late-growth': { readonly window: Length };
  readonly 'after-release': { readonly warmup: Length; readonly window: Length };
  readonly 'finer-readings': { readonly window: Length };
  readonly 'more-readings': { readonly window: Length };
  readonly 'explain-step': { readonly window: Length };
  readonly 'longer-for-slowing-growth': { readonly window: Length };
  /** A short window and the live heap do not decide. */
  readonly 'longer-preset': NoFacts;
  /** A run whose requests repeat does not pass. */
  readonly 'new-requests': NoFacts;
  readonly 'longer-for-collector': { readonly window: Length };
  readonly 'longer-idle': { readonly seconds: number };
  readonly 'longer-for-sawtooth': { readonly window: Length; readonly falls: number };
  readonly 'continue-as-planned': { readonly replicates: number; readonly seconds: number };
  readonly 'too-few-replicates': {
    readonly replicates: number;
    readonly seconds: number;
    readonly requestsEach: number;
  };
  readonly 'more-replicates': { readonly replicates: number; readonly seconds: number };
  readonly 'longer-windows': {
    readonly window: Length;
    /** A higher rate, with which the same number of requests takes today's time; null if that does not help. */
    readonly higherRate: number | null;
    /** The smallest spread that a window of today's length allows, if that is the obstacle; otherwise null. */
    readonly floor: number | null;
    readonly unit: string;
  };
  readonly 'near-margin': {
    readonly difference: number;
    readonly unit: string;
    readonly mostReplicates: number;
    readonly longestFactor: number;
  };
}
export type AdviceStatement = Stated<AdviceFacts>;
