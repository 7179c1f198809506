import { CANCELLED_SHARE, DIP_PARTS, DIP_SHARE, STEADY_SHARE } from '../method.js';
import { describeSawtooth, recurs, sawtoothFloor, type Falls, type Sawtooth } from './drawdown.js';
import { at, mean, median, type Curve } from '../numbers.js';
import { resolutionOf, type Grid } from './resolution.js';
import { seasonalSlope, tellsPeriods } from './seasonal-slope.js';
import { coarseFloor, type VarianceFloor } from './variance-floor.js';
import {
  type ArmMeasure,
  type ArmSeries,
  measurePair,
  type PairMeasure,
  type SeriesPair,
  TAILS,
  type WindowFalls,
} from './pair-measure.js';

/** What all replicates of one service show, before any probability is computed. Slopes in y units per x unit. */
export interface GrowthEvidence {
  /** Slope of each replicate; null on an arm without the service. */
  readonly baseline: readonly number[] | null;
  readonly candidate: readonly number[] | null;
  /** Candidate minus baseline, each on its own x. A missing arm counts as 0. */
  readonly differences: readonly number[];
  /** Growth of each replicate: candidate minus baseline. If the baseline has a single dip, the candidate alone. */
  readonly curves: readonly Curve[];
  readonly floor: VarianceFloor;
  /** Floors of the last parts of the window alone, from the cycles inside these parts; see `TAILS`. */
  readonly tails: readonly Tail[];
  /** The unit to which readings are rounded, y units; 0 if no rounding is known. */
  readonly resolution: number;
  /** Requests in each replicate's window, mean over its arms. */
  readonly requests: readonly number[];
  readonly sawtooth: { readonly baseline: Sawtooth | null; readonly candidate: Sawtooth | null };
  /**
   * Growth of each arm in each replicate, without the cycles that come on both arms at the same request
   * (`seasonalSlope`); null if there are no such cycles.
   */
  readonly besideCycles: { readonly baseline: readonly number[]; readonly candidate: readonly number[] } | null;
  /**
   * Falls of the candidate from the first request to the window's end, one per replicate; null if the load before the
   * window was not recorded.
   */
  readonly fromLoadStart: readonly Falls[] | null;
  /**
   * Growth of each replicate in the second half of the warm-up; null if the load before the window was not recorded.
   */
  readonly before: Before | null;
  /** Standard deviation of a difference that A/A runs showed; only if the operator asked for it. */
  readonly prior?: number;
}

/**
 * Growth before the window: candidate minus baseline, y units per x unit. `parts`: its length fits this many times into
 * a window.
 */
export interface Before {
  readonly slopes: readonly number[];
  readonly parts: number;
}

/** The last 1/`parts` of a window. */
interface Tail {
  readonly parts: number;
  readonly floor: VarianceFloor;
}

/** The typical sawtooth of a series in its replicates, in the window and in its last parts. */
interface WindowCycles {
  readonly cycles: Sawtooth;
  readonly tailCycles: readonly Sawtooth[];
}

const cyclesOf = (falls: readonly WindowFalls[]): WindowCycles => ({
  cycles: describeSawtooth(falls.map((one) => one.falls)),
  tailCycles: TAILS.map((_, i) => describeSawtooth(falls.map(({ tailFalls }) => tailFalls[i] as Falls))),
});

/** One arm in all replicates. */
interface Side extends WindowCycles {
  readonly slopes: readonly number[];
  readonly grids: readonly Grid[];
  readonly series: readonly ArmSeries[];
}

function side(measures: readonly (ArmMeasure | null)[]): Side | null {
  const present = measures.filter((measure) => measure !== null);
  if (present.length === 0) return null;
  if (present.length < measures.length) throw new RangeError('a service must be on the same sides in every replicate');
  return {
    slopes: present.map(({ slope }) => slope),
    ...cyclesOf(present),
    grids: present.map(({ grid }) => grid),
    series: present.map(({ series }) => series),
  };
}

/**
 * Whether the baseline has only one dip beside a candidate that rises steadily. Such a dip explains nothing, and the
 * shape of the growth is judged from the candidate alone. The candidate never fell by much of its growth, and most of
 * the difference is its own growth. If the baseline climbs as the candidate does beside its fall, the fall is the whole
 * difference.
 */
function isOneDip(baseline: Side, candidate: Side | null, requests: number, quantum: number): boolean {
  if (candidate === null || recurs(baseline.cycles)) return false;
  if (sawtoothFloor(baseline.cycles, requests) <= quantum / requests) return false;
  const growth = mean(candidate.slopes);
  const steady = growth > 0 && candidate.cycles.height <= DIP_SHARE * growth * requests;
  const beside = Math.max(mean(baseline.slopes), mean(baseline.series.map(usualSlope)));
  return steady && growth - beside >= STEADY_SHARE * growth;
}

/**
 * Growth without one fall or one dip: the median gain of equal parts, as a slope. Requests may stand still in a part.
 * So the gains are divided by the requests of the whole window.
 */
function usualSlope({ x, y }: ArmSeries): number {
  const last = y.length - 1;
  const parts = Math.min(DIP_PARTS, last);
  const gains = Array.from({ length: parts }, (_, part) => {
    const [from, to] = [Math.floor((part * last) / parts), Math.floor(((part + 1) * last) / parts)];
    return at(y, to) - at(y, from);
  });
  return (median(gains) * parts) / (at(x, last) - at(x, 0));
}

/**
 * The cycles of the difference, if the cycles of the arms come at the same request and cancel (a job that runs on
 * both); otherwise null.
 */
function cancelledCycles(
  baseline: Side | null,
  candidate: Side | null,
  measures: readonly PairMeasure[],
): WindowCycles | null {
  const falls = measures.flatMap(({ curveFalls }) => curveFalls ?? []);
  if (baseline === null || candidate === null || falls.length < measures.length) return null;
  if (![...baseline.series, ...candidate.series].every(tellsPeriods)) return null;
  const difference = cyclesOf(falls);
  const lower = Math.min(baseline.cycles.height, candidate.cycles.height);
  return difference.cycles.height < CANCELLED_SHARE * lower ? difference : null;
}

const besideCyclesOf = ({ series }: Side): number[] => series.map(seasonalSlope);

/**
 * Slopes, difference curves and floor of one service from its replicates. A service must be on the same arms in all of
 * them. `quantum` is the step in which the metric changes. Domain: one replicate or more.
 * @throws RangeError outside it. Source: docs/method.md#step-3-spread-and-floor
 */
export function poolEvidence(measures: readonly PairMeasure[], quantum: number): GrowthEvidence {
  if (measures.length === 0) throw new RangeError('no replicates');
  const baseline = side(measures.map((measure) => measure.baseline));
  const candidate = side(measures.map((measure) => measure.candidate));
  const requests = measures.map((measure) => measure.requests);
  const typical = median(requests);
  const falls = measures.flatMap(({ fromLoadStart }) => fromLoadStart ?? []);
  const before = measures.flatMap((measure) => measure.before ?? []);
  const arms = [baseline, candidate].filter((arm) => arm !== null);
  const oneDip = baseline !== null && isOneDip(baseline, candidate, typical, quantum);
  const cancelled = oneDip ? null : cancelledCycles(baseline, candidate, measures);
  const moving = cancelled !== null ? [cancelled] : oneDip ? arms.filter((arm) => arm !== baseline) : arms;
  const resolution = resolutionOf(arms.map(({ grids }) => grids));
  const floorFor = (cycles: readonly Sawtooth[], over: number): VarianceFloor =>
    coarseFloor(
      { quantum, requests: over, sawtooth: Math.max(0, ...cycles.map((one) => sawtoothFloor(one, over))) },
      resolution,
    );
  return {
    baseline: baseline?.slopes ?? null,
    candidate: candidate?.slopes ?? null,
    differences: measures.map((_, i) => (candidate?.slopes[i] ?? 0) - (baseline?.slopes[i] ?? 0)),
    curves: measures.map(({ curve, candidateCurve }) => (oneDip ? (candidateCurve as Curve) : curve)),
    floor: floorFor(
      moving.map(({ cycles }) => cycles),
      typical,
    ),
    tails: TAILS.map((parts, i) => ({
      parts,
      floor: floorFor(
        moving.map(({ tailCycles }) => tailCycles[i] as Sawtooth),
        typical / parts,
      ),
    })),
    resolution,
    requests,
    sawtooth: { baseline: baseline?.cycles ?? null, candidate: candidate?.cycles ?? null },
    besideCycles:
      cancelled !== null && baseline !== null && candidate !== null
        ? { baseline: besideCyclesOf(baseline), candidate: besideCyclesOf(candidate) }
        : null,
    fromLoadStart: falls.length === measures.length ? falls : null,
    before:
      before.length === measures.length
        ? { slopes: before.map(({ slope }) => slope), parts: typical / median(before.map((one) => one.requests)) }
        : null,
  };
}

/** The floor of the last 1/`parts` of the window. @throws RangeError  if no such part was measured */
export function tailFloor({ tails }: GrowthEvidence, parts: number): VarianceFloor {
  const tail = tails.find((one) => one.parts === parts);
  if (tail === undefined) throw new RangeError(`the last 1/${parts} of the window was not measured`);
  return tail.floor;
}

/** The same evidence, but the step term of its floors counts as a known bound: see `leastSpread`. */
export function withKnownSteps(evidence: GrowthEvidence): GrowthEvidence {
  const known = (floor: VarianceFloor): VarianceFloor => ({ ...floor, stepsKnown: true });
  return {
    ...evidence,
    floor: known(evidence.floor),
    tails: evidence.tails.map(({ parts, floor }) => ({ parts, floor: known(floor) })),
  };
}

/** Measures replicates and pools them. */
export function gatherEvidence(pairs: readonly SeriesPair[], quantum: number): GrowthEvidence {
  return poolEvidence(
    pairs.map((pair) => measurePair(pair)),
    quantum,
  );
}
