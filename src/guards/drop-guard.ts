import { equalCountBins } from '../statistics/estimators/bins.js';
import type { Sawtooth } from '../statistics/estimators/drawdown.js';
import { lowerBound, replicateMean, upperBound } from '../statistics/estimators/replicate-mean.js';
import { fitHinge, fitStep, fitTwoSteps, type BrokenFit } from '../statistics/estimators/step-fit.js';
import { leastSpread } from '../statistics/estimators/variance-floor.js';
import { LIKELY_ALPHA, MOST_FALLS, QUANTUM_SHARE, STEP_QUANTA, STEP_RESIDUAL_SHARE } from '../statistics/method.js';
import { mean, type Curve } from '../statistics/numbers.js';
import type { Guard } from './guard.js';
import type { Objection } from './objection.js';
import { shapeBins } from './step-evidence.js';

/** Falls of at least this height, from one bin to the one after the next: a fall inside a bin is seen in two halves. */
function fallsOf({ y }: Curve, height: number): number {
  let falls = 0;
  for (let i = 2; i < y.length; i += 1) {
    if ((y[i - 2] as number) - (y[i] as number) < height) continue;
    falls += 1;
    i += 1;
  }
  return falls;
}

const residualOf = (fits: readonly BrokenFit[]): number => fits.reduce((sum, { residual }) => sum + residual, 0);

/**
 * DROP guard on a PASS: memory that is given back at once makes the slope smaller, and so hides growth. If a line with
 * one high step down, or with two, fits better than a line with a bend, the line beside the steps decides: the guard
 * objects if it probably grows and is not surely below the margin. Domain: two curves or more, 6 points or more each.
 * Source: docs/method.md#step-6-guards
 */
export const dropGuard: Guard = ({ curves, floor, sawtooth }, { margin, alphaPass }) => {
  const least = (STEP_QUANTA * floor.quantum) / QUANTUM_SHARE;
  // High falls that repeat are cycles, and have a floor of their own. Low ones are noise.
  const isHigh = (one: Sawtooth | null): boolean => one !== null && one.cycles > MOST_FALLS && one.height >= least;
  if (isHigh(sawtooth.baseline) || isHigh(sawtooth.candidate)) return null;
  const binned = curves.map((curve) => equalCountBins(curve, shapeBins(curve)));
  const hidden = (fits: readonly BrokenFit[]): Objection | null => {
    const beside = replicateMean(
      fits.map((fit) => fit.slope),
      leastSpread(floor),
    );
    const upper = upperBound(beside, alphaPass);
    const height = mean(fits.map((fit) => fit.change));
    if (upper < margin || lowerBound(beside, LIKELY_ALPHA) <= 0) return null;
    return { code: 'DROP', height: -height, beside: beside.mean, upper };
  };
  const hinge = residualOf(binned.map(fitHinge));
  const one = binned.map(fitStep);
  const falls = mean(one.map((fit) => fit.change)) <= -least && residualOf(one) < hinge;
  const byOne = falls ? hidden(one) : null;
  if (byOne !== null) return byOne;
  // The fit of two steps takes long, and most curves have no two falls.
  if (!binned.every((curve) => fallsOf(curve, least / 2) >= MOST_FALLS)) return null;
  const two = binned.map(fitTwoSteps);
  const bothFall = two.every(({ heights }) => Math.max(...heights) <= -least);
  const fitsWell = residualOf(two) < STEP_RESIDUAL_SHARE * Math.min(residualOf(one), hinge);
  return bothFall && fitsWell ? hidden(two) : null;
};
