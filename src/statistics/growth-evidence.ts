import { meansOver } from './bins.js';
import { differenceCurve } from './difference-curve.js';
import { describeSawtooth, measureFalls, sawtoothFloor, type Sawtooth } from './drawdown.js';
import { at, mean, median, type Curve, type Numbers } from './numbers.js';
import { olsSlope } from './ols.js';
import type { VarianceFloor } from './variance-floor.js';

/** One arm of one replicate, window only: y (bytes) against x (requests), with the seconds they were read at. */
export interface ArmSeries extends Curve {
  readonly time: Numbers;
}

/** The two arms of one replicate; null where the service does not exist on that side. */
export interface SeriesPair {
  readonly baseline: ArmSeries | null;
  readonly candidate: ArmSeries | null;
}

/** What all replicates of one service say, before any probability is attached. Slopes in y units per x unit. */
export interface GrowthEvidence {
  /** Slope of each replicate; null on the side where the service does not exist. */
  readonly baseline: readonly number[] | null;
  readonly candidate: readonly number[] | null;
  /** Candidate minus baseline, each on its own x; an absent side counts as 0. */
  readonly differences: readonly number[];
  readonly curves: readonly Curve[];
  readonly floor: VarianceFloor;
  /** Requests in each replicate's window, mean over its arms. */
  readonly requests: readonly number[];
  readonly sawtooth: { readonly baseline: Sawtooth | null; readonly candidate: Sawtooth | null };
}

/** Width of the means on which drawdowns are measured, seconds. */
export const FALL_SECONDS = 5;

function gather(arms: readonly (ArmSeries | null)[]): { slopes: number[]; teeth: Sawtooth } | null {
  const present = arms.filter((arm) => arm !== null);
  if (present.length === 0) return null;
  const falls = present.map((arm) => measureFalls(meansOver(arm.time, arm.y, FALL_SECONDS)));
  return { slopes: present.map((arm) => olsSlope(arm.x, arm.y)), teeth: describeSawtooth(falls) };
}

function shapeOf({ baseline, candidate }: SeriesPair): Curve {
  if (baseline !== null && candidate !== null) return differenceCurve(baseline, candidate);
  if (candidate !== null) return candidate;
  if (baseline === null) throw new RangeError('a pair needs at least one arm');
  return { x: baseline.x, y: Float64Array.from(baseline.y, (value) => -value) };
}

const width = (arm: ArmSeries): number => at(arm.x, arm.x.length - 1) - at(arm.x, 0);

/**
 * Slopes, difference curves and floor of one service over its replicates. A service must be on the same sides in all of them.
 * `quantum` is the step in which the metric moves. Domain: one pair or more, 2 points or more a series.
 * @throws RangeError outside it. Linear time. Source: method.md section 4 steps 2–4.
 */
export function gatherEvidence(pairs: readonly SeriesPair[], quantum: number): GrowthEvidence {
  const baseline = gather(pairs.map((pair) => pair.baseline));
  const candidate = gather(pairs.map((pair) => pair.candidate));
  const sides = [baseline, candidate].filter((side) => side !== null);
  if (sides.length === 0 || sides.some((side) => side.slopes.length !== pairs.length)) throw new RangeError('a service must be on the same sides in every replicate');
  const requests = pairs.map((pair) => mean([pair.baseline, pair.candidate].filter((arm) => arm !== null).map(width)));
  const typical = median(requests);
  const sawtooth = Math.max(...sides.map((side) => sawtoothFloor(side.teeth, typical)));
  return {
    baseline: baseline?.slopes ?? null,
    candidate: candidate?.slopes ?? null,
    differences: pairs.map((_, i) => (candidate?.slopes[i] ?? 0) - (baseline?.slopes[i] ?? 0)),
    curves: pairs.map(shapeOf),
    floor: { quantum, requests: typical, sawtooth },
    requests,
    sawtooth: { baseline: baseline?.teeth ?? null, candidate: candidate?.teeth ?? null },
  };
}

