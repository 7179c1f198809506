import type { GrowthEvidence } from '../statistics/estimators/growth-evidence.js';
import type { ReplicateMean } from '../statistics/estimators/replicate-mean.js';
import type { Objection } from './objection.js';
import type { Deceleration } from './deceleration.js';
import type { GateRules } from './guard-rules.js';
import type { StepEvidence } from './step-evidence.js';

/** What a guard looks at: the evidence of one look, and values that several guards need. */
export interface LookEvidence extends GrowthEvidence {
  readonly estimate: ReplicateMean;
  readonly deceleration: Deceleration;
  /** Steps in the difference curves; null if the bounds do not require them. */
  readonly steps: StepEvidence | null;
  /** The growth that should continue, y units per x unit. */
  readonly steadyGrowth: number;
}

/**
 * A guard looks at the shape of the growth and objects to a FAIL or to a PASS that the bounds alone would give.
 * Source: docs/method.md#step-6-guards
 */
export type Guard = (evidence: LookEvidence, rules: GateRules) => Objection | null;

/** The first objection of several guards, in their order. */
export function firstObjection(guards: readonly Guard[], evidence: LookEvidence, rules: GateRules): Objection | null {
  for (const guard of guards) {
    const objection = guard(evidence, rules);
    if (objection !== null) return objection;
  }
  return null;
}
