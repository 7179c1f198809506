import { FALL_SECONDS } from '../method.js';
import { meansOver } from './bins.js';
import { differenceCurve } from './difference-curve.js';
import { describeSawtooth, measureFalls, sawtoothFloor, type Falls, type Sawtooth } from './drawdown.js';
import { at, mean, median, type Curve, type Numbers } from '../numbers.js';
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
  /**
   * Falls of the candidate from the first request to the window's end, one a replicate; null where the load before the
   * window is not at hand.
   */
  readonly sinceLoad: readonly Falls[] | null;
  /** Standard deviation of a difference that A/A runs lead to expect, where the operator asked for it. */
  readonly prior?: number;
}

export { FALL_SECONDS };

/** One arm's slope and falls. */
interface ArmMeasure {
  readonly slope: number;
  readonly falls: Falls;
}

/** One replicate reduced to what the looks need of it: measured once, pooled at every look. */
export interface PairMeasure {
  readonly baseline: ArmMeasure | null;
  readonly candidate: ArmMeasure | null;
  readonly curve: Curve;
  readonly requests: number;
  readonly sinceLoad: Falls | null;
}

const fallsOf = ({ time, y }: ArmSeries): Falls => measureFalls(meansOver(time, y, FALL_SECONDS));

function measureArm(arm: ArmSeries | null): ArmMeasure | null {
  return arm && { slope: olsSlope(arm.x, arm.y), falls: fallsOf(arm) };
}

function shapeOf({ baseline, candidate }: SeriesPair): Curve {
  if (baseline !== null && candidate !== null) return differenceCurve(baseline, candidate);
  if (candidate !== null) return candidate;
  if (baseline === null) throw new RangeError('a pair needs at least one arm');
  return { x: baseline.x, y: Float64Array.from(baseline.y, (value) => -value) };
}

const width = (arm: ArmSeries): number => at(arm.x, arm.x.length - 1) - at(arm.x, 0);

/**
 * Measures one replicate. `candidateSinceLoad` is the candidate from the first request to the window's end, warm-up
 * included.
 * Domain: 2 points or more a series. @throws RangeError outside it. Linear time.
 */
export function measurePair(pair: SeriesPair, candidateSinceLoad: ArmSeries | null = null): PairMeasure {
  const present = [pair.baseline, pair.candidate].filter((arm) => arm !== null);
  return {
    baseline: measureArm(pair.baseline),
    candidate: measureArm(pair.candidate),
    curve: shapeOf(pair),
    requests: mean(present.map(width)),
    sinceLoad: candidateSinceLoad && fallsOf(candidateSinceLoad),
  };
}

function side(
  measures: readonly (ArmMeasure | null)[],
): { readonly slopes: number[]; readonly teeth: Sawtooth } | null {
  const present = measures.filter((measure) => measure !== null);
  if (present.length === 0) return null;
  if (present.length < measures.length) throw new RangeError('a service must be on the same sides in every replicate');
  return { slopes: present.map(({ slope }) => slope), teeth: describeSawtooth(present.map(({ falls }) => falls)) };
}

/**
 * Slopes, difference curves and floor of one service over its replicates. A service must be on the same sides in all of
 * them.
 * `quantum` is the step in which the metric moves. Domain: one replicate or more. @throws RangeError outside it.
 * Source: docs/method.md#step-3-spread-and-floor
 */
export function poolEvidence(measures: readonly PairMeasure[], quantum: number): GrowthEvidence {
  if (measures.length === 0) throw new RangeError('no replicates');
  const baseline = side(measures.map((measure) => measure.baseline));
  const candidate = side(measures.map((measure) => measure.candidate));
  const requests = measures.map((measure) => measure.requests);
  const typical = median(requests);
  const falls = measures.flatMap(({ sinceLoad }) => sinceLoad ?? []);
  const sawtooth = Math.max(
    ...[baseline, candidate].filter((arm) => arm !== null).map((arm) => sawtoothFloor(arm.teeth, typical)),
  );
  return {
    baseline: baseline?.slopes ?? null,
    candidate: candidate?.slopes ?? null,
    differences: measures.map((_, i) => (candidate?.slopes[i] ?? 0) - (baseline?.slopes[i] ?? 0)),
    curves: measures.map(({ curve }) => curve),
    floor: { quantum, requests: typical, sawtooth },
    requests,
    sawtooth: { baseline: baseline?.teeth ?? null, candidate: candidate?.teeth ?? null },
    sinceLoad: falls.length === measures.length ? falls : null,
  };
}

/** Measures replicates and pools them. */
export function gatherEvidence(pairs: readonly SeriesPair[], quantum: number): GrowthEvidence {
  return poolEvidence(
    pairs.map((pair) => measurePair(pair)),
    quantum,
  );
}
