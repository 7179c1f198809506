import { errorFunction } from 'simple-statistics';
import { invertTail } from './invert-tail.js';
import { tUpperQuantile } from './student-t.js';

/** One look of a planned comparison. Spreads in the units of the slopes (bytes per request). */
export interface LookDesign {
  readonly replicates: number;
  /** One-sided alpha that this look may spend. */
  readonly alpha: number;
  /** True standard deviation of a replicate's difference of slopes. */
  readonly deviation: number;
  /** What the sample's standard deviation is never taken to be below. */
  readonly floor: number;
}

/** Points of the quadrature over the sample's standard deviation. */
const POINTS = 400;

const normalCumulative = (z: number): number => (1 + errorFunction(z / Math.SQRT2)) / 2;

/**
 * Probability that the lower bound clears the margin at this look when the true difference lies `excess` above it: Student's t with a floor
 * under the standard deviation, averaged over the chi distribution of the sample's standard deviation. Without a floor this is the
 * noncentral t. Domain: two replicates or more, deviation ≥ 0. @throws RangeError outside it. Absolute error below 1e-5.
 */
export function clearingProbability(design: LookDesign, excess: number): number {
  return probabilityAt(design, quantileOf(design), excess);
}

function quantileOf({ replicates, alpha, deviation, floor }: LookDesign): number {
  if (!(replicates >= 2) || !(deviation >= 0) || !(floor >= 0)) throw new RangeError(`no power for ${replicates} replicates with spread ${deviation} and floor ${floor}`);
  return tUpperQuantile(alpha, replicates - 1);
}

function probabilityAt({ replicates, deviation, floor }: LookDesign, quantile: number, excess: number): number {
  const df = replicates - 1;
  const shift = excess * Math.sqrt(replicates);
  if (deviation === 0) return shift > quantile * floor ? 1 : 0;
  const top = Math.sqrt(df) + 8;
  let weights = 0;
  let probability = 0;
  for (let i = 0; i < POINTS; i += 1) {
    const chi = ((i + 0.5) / POINTS) * top;
    const weight = Math.exp((df - 1) * Math.log(chi) - (chi * chi) / 2);
    const spread = Math.max((deviation * chi) / Math.sqrt(df), floor);
    weights += weight;
    probability += weight * normalCumulative((shift - quantile * spread) / deviation);
  }
  return probability / weights;
}

/**
 * How far above the margin the truth must lie for this look to clear it with probability `power`. By symmetry also how far below the
 * margin it must lie for a PASS, with PASS's alpha. Domain as `clearingProbability`, 0 < power < 1.
 */
export function detectableExcess(design: LookDesign, power: number = 0.8): number {
  const quantile = quantileOf(design);
  if (design.deviation === 0) return (quantile * design.floor) / Math.sqrt(design.replicates);
  const scale = Math.max(design.deviation, design.floor);
  return scale * invertTail((excess) => 1 - probabilityAt(design, quantile, excess * scale), 1 - power);
}
