import { equalCountBins } from '../statistics/estimators/bins.js';
import { lowerBound, replicateMean } from '../statistics/estimators/replicate-mean.js';
import { fitHinge, fitStep, fitTwoSteps, type BrokenFit } from '../statistics/estimators/step-fit.js';
import { leastSpread, type VarianceFloor } from '../statistics/estimators/variance-floor.js';
import {
  FEWEST_POINTS,
  QUANTUM_SHARE,
  STEADY_SHARE,
  STEP_BINS,
  STEP_QUANTA,
  STEP_RESIDUAL_SHARE,
} from '../statistics/method.js';
import { at, mean, type Curve } from '../statistics/numbers.js';
import type { GateRules } from './guard-rules.js';

export interface StepEvidence {
  /** True if steps, not steady growth, explain the slope. */
  readonly explains: boolean;
  readonly steps: 1 | 2;
  /** Steps are most of the slope, and the line beside them is above the margin by itself, with confidence. */
  readonly leakBeside: boolean;
  /** Mean slope that remains beside the steps, y units per x unit. */
  readonly slopeBeside: number;
  /** Mean height of all steps of a curve together, y units. */
  readonly height: number;
  /** Where each curve has its step, x units. */
  readonly at: readonly number[];
  readonly stepResidual: number;
  readonly hingeResidual: number;
}

/** Bins for the shape fits: 60, or 30 if the curve is short. */
export function shapeBins(curve: Curve): number {
  return curve.x.length < 2 * STEP_BINS ? Math.min(FEWEST_POINTS, curve.x.length) : STEP_BINS;
}

/**
 * Steps in the difference curves of all replicates. `growth` is their mean slope. Each curve is fitted with a line and
 * one step, and with a line and one hinge. Steps explain the slope if what remains beside them is under half the growth
 * and they fit better than the hinges (a late leak bends), unless that slope is above the margin by itself. If one step
 * does not explain it, two high ones may. Domain: two curves or more, 6 points or more each. Source:
 * docs/method.md#step-6-guards
 */
export function measureSteps(
  curves: readonly Curve[],
  growth: number,
  floor: VarianceFloor,
  rules: GateRules,
): StepEvidence {
  const binned = curves.map((curve) => equalCountBins(curve, shapeBins(curve)));
  const hingeResidual = residualOf(binned.map(fitHinge));
  const found = (fits: readonly BrokenFit[], steps: 1 | 2): StepEvidence => {
    const beside = replicateMean(
      fits.map((fit) => fit.slope),
      leastSpread(floor),
    );
    const growsBeside = lowerBound(beside, rules.alphaFail) > rules.margin;
    const stepResidual = residualOf(fits);
    const most = beside.mean < STEADY_SHARE * growth && stepResidual < hingeResidual;
    return {
      explains: most && !growsBeside,
      steps,
      leakBeside: most && growsBeside,
      slopeBeside: beside.mean,
      height: mean(fits.map((fit) => fit.change)),
      at: fits.map((fit, i) => at(binned[i]!.x, fit.index)),
      stepResidual,
      hingeResidual,
    };
  };
  const one = found(binned.map(fitStep), 1);
  if (one.explains || one.leakBeside || !binned.every(risesInTwoPlaces)) return one;
  const fits = binned.map(fitTwoSteps);
  const least = (STEP_QUANTA * floor.quantum) / QUANTUM_SHARE;
  const high = fits.every(({ heights }) => heights.every((height) => height >= least));
  const two = found(fits, 2);
  const fitsWell = two.stepResidual < STEP_RESIDUAL_SHARE * Math.min(hingeResidual, one.stepResidual);
  return high && fitsWell && (two.explains || two.leakBeside) ? two : one;
}

/** Two steps can explain a curve only if its two steepest places make up half of what it gains. */
function risesInTwoPlaces({ y }: Curve): boolean {
  const rises = Array.from({ length: Math.max(0, y.length - 2) }, (_, i) => at(y, i + 2) - at(y, i));
  const first = rises.indexOf(Math.max(...rises));
  const second = Math.max(...rises.filter((_, i) => Math.abs(i - first) > 2));
  return at(rises, first) + second >= STEADY_SHARE * (at(y, y.length - 1) - at(y, 0));
}

function residualOf(fits: readonly BrokenFit[]): number {
  return fits.reduce((sum, fit) => sum + fit.residual, 0);
}
