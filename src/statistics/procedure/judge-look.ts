import { fallGuard, type FallEvidence } from '../guards/fall-guard.js';
import { fillGuard, measureDeceleration, type Deceleration, type FillEvidence } from '../guards/fill-guard.js';
import type { GrowthEvidence } from '../estimators/growth-evidence.js';
import type { GateRules } from '../guards/guard-rules.js';
import { lateGuard, type LateEvidence } from '../guards/late-guard.js';
import { lowerBound, pAtMost, replicateMean, upperBound, type ReplicateMean } from '../estimators/replicate-mean.js';
import { stepGuard, type StepEvidence } from '../guards/step-guard.js';
import { leastSpread } from '../estimators/variance-floor.js';

/** What one look says of one service, the other services left aside. */
export interface LookJudgement {
  readonly estimate: ReplicateMean;
  readonly lower: number;
  readonly upper: number;
  /** One-sided p-value of "the difference is at most the margin", in (0, 1]. */
  readonly p: number;
  /** `continue`: neither bound clears the margin, or a guard objects. */
  readonly decision: 'pass' | 'fail' | 'continue';
  /** The guard that objects to the bounds, if one does. */
  readonly blockedBy: 'STEP' | 'FILL' | 'FELL-BACK' | 'LATE' | null;
  /**
   * Growth that is thought to go on: the slope beside the steps where steps are part of it, else the mean difference.
   */
  readonly steadyGrowth: number;
  /** The pass rests on the second half: it grew, and has visibly stopped. */
  readonly settled: boolean;
  readonly step: StepEvidence | null;
  readonly fill: FillEvidence | null;
  readonly fall: FallEvidence | null;
  readonly late: LateEvidence | null;
  readonly deceleration: Deceleration;
}

/** Steps make up most of the slope, and the line beside them is above the margin by itself. */
function leakBesideStep(step: StepEvidence | null, growth: number): step is StepEvidence {
  return step !== null && step.growsBeside && step.stepResidual < step.hingeResidual && step.slopeBeside < 0.5 * growth;
}

/**
 * Steps 5 to 8 of the procedure for one service at one look: bounds against the margin, then the guards that turn a
 * FAIL or a PASS
 * into "not yet". A growth that has settled passes, unless its last third says otherwise or the traffic was not the
 * same throughout.
 * Domain: evidence of two replicates or more. @throws RangeError outside it.
 */
export function judgeLook(evidence: GrowthEvidence, rules: GateRules): LookJudgement {
  const { curves, floor } = evidence;
  const estimate = replicateMean(evidence.differences, leastSpread(floor), evidence.prior);
  const lower = lowerBound(estimate, rules.alphaFail);
  const upper = upperBound(estimate, rules.alphaPass);
  const deceleration = measureDeceleration(curves, floor, rules);

  const failing = lower > rules.margin;
  const step = failing ? stepGuard(curves, estimate.mean, floor, rules) : null;
  const fill =
    failing && !step?.fired && deceleration.decelerating ? fillGuard(curves, deceleration, floor, rules) : null;
  const leakBeside = leakBesideStep(step, estimate.mean);
  // A reload early in the window decelerates like a fill and must not hide a leak beside it: where the step explains
  // the
  // curve better than the best exponential does, the fill's objection does not count.
  const steppedNotFilled = leakBeside && fill !== null && !fill.stillSlowing && step.stepResidual < fill.residual;
  const filling = fill?.fired === true && !steppedNotFilled;
  const steadyGrowth = leakBeside ? step.slopeBeside : estimate.mean;
  const growing = failing && !step?.fired && !filling;
  const fall =
    growing && rules.unconfirmed === true && evidence.sinceLoad !== null
      ? fallGuard(evidence.sinceLoad, steadyGrowth * floor.requests)
      : null;
  const fails = growing && !fall?.fired;

  const settled =
    rules.inPhases !== true &&
    !fails &&
    upper >= rules.margin &&
    deceleration.decelerating &&
    deceleration.secondHalfUpper < rules.margin;
  const passing = upper < rules.margin || settled;
  const late = passing ? lateGuard(curves, floor, rules) : null;
  const passes = passing && !late?.fired;

  return {
    estimate,
    lower,
    upper,
    p: pAtMost(estimate, rules.margin),
    decision: fails ? 'fail' : passes ? 'pass' : 'continue',
    blockedBy: late?.fired ? 'LATE' : step?.fired ? 'STEP' : filling ? 'FILL' : fall?.fired ? 'FELL-BACK' : null,
    steadyGrowth,
    settled: settled && passes,
    step,
    fill,
    fall,
    late,
    deceleration,
  };
}
