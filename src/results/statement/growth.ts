import type { Estimate } from '../estimate.js';
import type { GuardStatement } from './guard.js';
import type { MissingReplicate } from './series-fault.js';
import type { NoFacts, Stated } from '../../model/stated.js';

/** What a statement is about: a service or `(stack)`, and the metric that was counted. */
export interface SubjectName {
  readonly role: string;
  readonly metric: string;
}

interface Measured extends SubjectName {
  readonly unit: string;
  /** Candidate minus baseline. */
  readonly difference: Estimate;
  readonly margin: number;
}

/** Why the numbers do not decide. */
export interface OpenFacts {
  /** The interval lies on one side of the margin, but the gate's own bounds do not. */
  readonly 'bounds-stricter': {
    readonly unit: string;
    readonly lower: number;
    readonly upper: number;
    readonly looks: number;
  };
  /** A window this short cannot show smaller differences. */
  readonly 'window-too-short': {
    readonly unit: string;
    readonly floor: number;
    readonly source: 'step' | 'sawtooth';
  };
  readonly 'replicates-vary': { readonly unit: string; readonly replicates: number; readonly deviation: number };
  readonly 'confirmation-wanted': NoFacts;
}
export type OpenReason = Stated<OpenFacts> | GuardStatement;

/** What is said about the growth of one service. */
export interface GrowthFacts {
  readonly 'growth-unmeasured': SubjectName & {
    readonly usable: number;
    readonly missing: readonly MissingReplicate[];
  };
  readonly 'growth-fails': Measured;
  readonly 'growth-passes': Measured & {
    /** The gate's own upper bound if the interval reaches beyond the margin; otherwise null. */
    readonly surelyBelow: number | null;
  };
  readonly 'growth-settled': Measured & { readonly settled: GuardStatement & { readonly code: 'settled' } };
  readonly 'growth-open': Measured & { readonly why: OpenReason };
  readonly 'growth-new': Measured & { readonly why: OpenReason | null };
  readonly 'growth-gone': SubjectName & { readonly unit: string; readonly growth: number };
  readonly 'growth-watched': Measured & { readonly as: 'unjudged' | 'total' | 'count' };
}
export type GrowthStatement = Stated<GrowthFacts>;
