import { invertTail } from '../statistics/distributions/invert-tail.js';
import { normalUpperQuantile, quickNormalUpperTail } from '../statistics/distributions/normal.js';
import { tUpperQuantile } from '../statistics/distributions/student-t.js';

/** One look of a planned comparison. Spreads in the units of the slopes (bytes per request). */
export interface LookDesign {
  readonly replicates: number;
  /** One-sided alpha that this look may spend. */
  readonly alpha: number;
  /** True standard deviation of a replicate's difference of slopes. */
  readonly deviation: number;
  /** Lower limit for the sample's standard deviation. */
  readonly floor: number;
  /** Spread that is assumed whatever the sample shows, with the normal quantile (`leastSpread`); 0 for none. */
  readonly known?: number;
}

/** Points of the quadrature over the sample's standard deviation. */
const POINTS = 400;

/**
 * Probability that the lower bound is above the margin at this look if the true difference is `excess` above it.
 * Student's t with a floor under the standard deviation, averaged over the chi distribution of the sample's standard
 * deviation. Without a floor this is the noncentral t. Domain: two replicates or more, deviation ≥ 0.
 * @throws RangeError outside it. Absolute error below 1e-5.
 */
export function clearingProbability(design: LookDesign, excess: number): number {
  return probabilityAt(design, quantilesOf(design), excess);
}

interface Quantiles {
  readonly student: number;
  readonly normal: number;
}

function quantilesOf({ replicates, alpha, deviation, floor }: LookDesign): Quantiles {
  if (!(replicates >= 2) || !(deviation >= 0) || !(floor >= 0))
    throw new RangeError(`no power for ${replicates} replicates with spread ${deviation} and floor ${floor}`);
  return { student: tUpperQuantile(alpha, replicates - 1), normal: normalUpperQuantile(alpha) };
}

function probabilityAt(
  { replicates, deviation, floor, known = 0 }: LookDesign,
  { student, normal }: Quantiles,
  excess: number,
): number {
  const df = replicates - 1;
  const shift = excess * Math.sqrt(replicates);
  if (deviation === 0) return shift > Math.max(student * floor, normal * known) ? 1 : 0;
  const top = Math.sqrt(df) + 8;
  let weights = 0;
  let probability = 0;
  for (let i = 0; i < POINTS; i += 1) {
    const chi = ((i + 0.5) / POINTS) * top;
    const weight = Math.exp((df - 1) * Math.log(chi) - (chi * chi) / 2);
    const needed = Math.max(student * Math.max((deviation * chi) / Math.sqrt(df), floor), normal * known);
    weights += weight;
    probability += weight * quickNormalUpperTail((needed - shift) / deviation);
  }
  return probability / weights;
}

/**
 * How far above the margin the truth must be so that this look says FAIL with probability `power`. By symmetry, with
 * PASS's alpha, this is also how far below the margin it must be for a PASS. Domain as `clearingProbability`, 0 < power
 * < 1.
 */
export function detectableExcess(design: LookDesign, power: number = 0.8): number {
  const quantiles = quantilesOf(design);
  const { deviation, floor, known = 0, replicates } = design;
  if (deviation === 0) return Math.max(quantiles.student * floor, quantiles.normal * known) / Math.sqrt(replicates);
  const scale = Math.max(deviation, floor, known);
  return scale * invertTail((excess) => 1 - probabilityAt(design, quantiles, excess * scale), 1 - power);
}
