import { equalCountBins } from '../estimators/bins.js';
import { FEWEST_POINTS, STEADY_SHARE, STEP_BINS } from '../method.js';
import type { GateRules } from './guard-rules.js';
import { at, mean, type Curve } from '../numbers.js';
import { lowerBound, replicateMean } from '../estimators/replicate-mean.js';
import { fitHinge, fitStep } from '../estimators/step-fit.js';
import { leastSpread, type VarianceFloor } from '../estimators/variance-floor.js';

export interface StepEvidence {
  /** True where steps, not steady growth, explain the slope. */
  readonly fired: boolean;
  /** The slope beside the steps is above the margin by itself, with confidence. */
  readonly growsBeside: boolean;
  /** Mean slope that remains beside the steps, y units per x unit. */
  readonly slopeBeside: number;
  /** Mean height of the steps, y units. */
  readonly height: number;
  /** Where each curve steps, x units. */
  readonly at: readonly number[];
  readonly stepResidual: number;
  readonly hingeResidual: number;
}

/** Bins for the shape fits: 60, or 30 where the curve is short. */
export function shapeBins(curve: Curve): number {
  return curve.x.length < 2 * STEP_BINS ? Math.min(FEWEST_POINTS, curve.x.length) : STEP_BINS;
}

/**
 * STEP guard on the difference curves of all replicates, for a candidate FAIL whose mean difference is `growth`.
 * Each curve is fitted with a line and one step, and with a line and one hinge. It is a step if the slope beside the
 * steps is under half the
 * growth and the steps fit better than the hinges (a late leak bends), unless that slope is above the margin by itself.
 * Domain: two curves or more, 6 points or more each. Source: docs/method.md#step-6-guards
 */
export function stepGuard(
  curves: readonly Curve[],
  growth: number,
  floor: VarianceFloor,
  rules: GateRules,
): StepEvidence {
  const binned = curves.map((curve) => equalCountBins(curve, shapeBins(curve)));
  const steps = binned.map(fitStep);
  const stepResidual = steps.reduce((sum, fit) => sum + fit.residual, 0);
  const hingeResidual = binned.map(fitHinge).reduce((sum, fit) => sum + fit.residual, 0);
  const beside = replicateMean(
    steps.map((fit) => fit.slope),
    leastSpread(floor),
  );
  const growsBeside = lowerBound(beside, rules.alphaFail) > rules.margin;
  const fired = beside.mean < STEADY_SHARE * growth && stepResidual < hingeResidual && !growsBeside;
  return {
    fired,
    growsBeside,
    slopeBeside: beside.mean,
    height: mean(steps.map((fit) => fit.change)),
    at: steps.map((fit, i) => at(binned[i]!.x, fit.index)),
    stepResidual,
    hingeResidual,
  };
}
