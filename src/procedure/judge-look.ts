import type { GrowthEvidence } from '../statistics/estimators/growth-evidence.js';
import {
  lowerBound,
  pAtMost,
  replicateMean,
  upperBound,
  type ReplicateMean,
} from '../statistics/estimators/replicate-mean.js';
import { leastSpread } from '../statistics/estimators/variance-floor.js';
import { baselineGuard } from '../guards/baseline-guard.js';
import { coarseGuard } from '../guards/coarse-guard.js';
import { measureDeceleration, type Deceleration } from '../guards/deceleration.js';
import { dropGuard } from '../guards/drop-guard.js';
import { fallGuard } from '../guards/fall-guard.js';
import { fewAndUnsteadyGuard, fewGuard } from '../guards/few-guard.js';
import { fillGuard } from '../guards/fill-guard.js';
import { firstObjection, type Guard, type LookEvidence } from '../guards/guard.js';
import type { GateRules } from '../guards/guard-rules.js';
import { lateGuard } from '../guards/late-guard.js';
import { maskedGuard } from '../guards/masked-guard.js';
import type { Objection } from '../guards/objection.js';
import { measureSteps } from '../guards/step-evidence.js';
import { stepGuard } from '../guards/step-guard.js';
import { stopGuard } from '../guards/stop-guard.js';

/** What one look says about one service, without the other services. */
export interface LookJudgement {
  readonly estimate: ReplicateMean;
  readonly lower: number;
  readonly upper: number;
  /** One-sided p-value of "the difference is at most the margin", in (0, 1]. */
  readonly p: number;
  /** `continue`: neither bound is beyond the margin, or a guard objects. */
  readonly decision: 'pass' | 'fail' | 'continue';
  /** The guard that objects to the bounds, with its numbers; null if there is none, or if growth has settled. */
  readonly objection: Objection | null;
  /**
   * The growth that should continue: the slope beside the steps if steps are part of it, otherwise the mean difference.
   */
  readonly steadyGrowth: number;
  /** The pass is based on the second half: memory grew and has visibly stopped. */
  readonly settled: boolean;
  readonly deceleration: Deceleration;
}

/** Guards against a FAIL, in the order in which they are asked. */
const AGAINST_FAIL: readonly Guard[] = [baselineGuard, stepGuard, fillGuard, stopGuard, fallGuard, fewAndUnsteadyGuard];
/** Guards against a PASS. */
const AGAINST_PASS: readonly Guard[] = [fewGuard, coarseGuard, lateGuard, maskedGuard, dropGuard];

/**
 * Compares the bounds with the margin for one service at one look. Then the guards can turn a FAIL or a PASS into "not
 * yet". A growth that has settled passes, unless the end of the window contradicts that or the traffic changed. Domain:
 * evidence of two replicates or more.
 * @throws RangeError outside it. Source: docs/method.md#step-4-bounds, docs/method.md#step-6-guards
 */
export function judgeLook(evidence: GrowthEvidence, rules: GateRules): LookJudgement {
  const { curves, floor } = evidence;
  const estimate = replicateMean(evidence.differences, leastSpread(floor), evidence.prior);
  const lower = lowerBound(estimate, rules.alphaFail);
  const upper = upperBound(estimate, rules.alphaPass);
  const deceleration = measureDeceleration(evidence, rules);
  const failing = lower > rules.margin;
  const steps = failing ? measureSteps(curves, estimate.mean, floor, rules) : null;
  const steadyGrowth = steps?.leakBeside === true ? steps.slopeBeside : estimate.mean;
  const look: LookEvidence = { ...evidence, estimate, deceleration, steps, steadyGrowth };

  const againstFail = failing ? firstObjection(AGAINST_FAIL, look, rules) : null;
  const fails = failing && againstFail === null;
  const settled =
    rules.inPhases !== true &&
    !fails &&
    upper >= rules.margin &&
    deceleration.decelerating &&
    deceleration.secondHalfUpper < rules.margin;
  const passing = upper < rules.margin || settled;
  const againstPass = passing ? firstObjection(AGAINST_PASS, look, rules) : null;
  const passes = passing && againstPass === null;
  // Readings that are too few, or cannot resolve the margin, also explain why the bounds are far from it.
  const open =
    fails || passes ? null : (againstPass ?? againstFail ?? fewGuard(look, rules) ?? coarseGuard(look, rules));

  return {
    estimate,
    lower,
    upper,
    p: pAtMost(estimate, rules.margin),
    decision: fails ? 'fail' : passes ? 'pass' : 'continue',
    objection: open,
    steadyGrowth,
    settled: settled && passes,
    deceleration,
  };
}
