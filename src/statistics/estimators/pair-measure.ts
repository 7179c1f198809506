import { FALL_SECONDS, FEWEST_BEFORE, LATE_PARTS, STOP_PARTS } from '../method.js';
import { meansOver } from './bins.js';
import { differenceCurve } from './difference-curve.js';
import { measureFalls, type Falls } from './drawdown.js';
import { at, mean, type Curve, type Numbers } from '../numbers.js';
import { olsSlope } from './ols.js';
import { slice } from './segment-slopes.js';
import { gridOf, type Grid } from './resolution.js';
/** One arm of one replicate, only its window: y (bytes) against x (requests), with the second of each reading. */
export interface ArmSeries extends Curve {
  readonly time: Numbers;
}

/** The two arms of one replicate; null if the service does not exist on that arm. */
export interface SeriesPair {
  readonly baseline: ArmSeries | null;
  readonly candidate: ArmSeries | null;
}

/** The last parts of a window that guards judge separately. */
export const TAILS = [...new Set([...LATE_PARTS, ...STOP_PARTS])];

/** Falls of one series over the window, and within its last parts, as `TAILS` lists them. */
export interface WindowFalls {
  readonly falls: Falls;
  readonly tailFalls: readonly Falls[];
}

/** One arm's slope and falls. */
export interface ArmMeasure extends WindowFalls {
  readonly slope: number;
  readonly grid: Grid;
  readonly series: ArmSeries;
}

/** One replicate, reduced to what the looks need: measured once, and pooled at every look. */
export interface PairMeasure {
  readonly baseline: ArmMeasure | null;
  readonly candidate: ArmMeasure | null;
  /** Candidate minus baseline; or the only arm that has the service. */
  readonly curve: Curve;
  /** Falls of the difference; null if only one arm has the service. */
  readonly curveFalls: WindowFalls | null;
  /** The candidate alone, from the window's start; null if there is none. */
  readonly candidateCurve: Curve | null;
  readonly requests: number;
  readonly fromLoadStart: Falls | null;
  /** Candidate minus baseline in the second half of the load before the window, and the number of requests in it. */
  readonly before: { readonly slope: number; readonly requests: number } | null;
}

const fallsOf = ({ time, y }: ArmSeries): Falls => measureFalls(meansOver(time, y, FALL_SECONDS));

const windowFalls = (series: ArmSeries): WindowFalls => ({
  falls: fallsOf(series),
  tailFalls: TAILS.map((parts) => fallsOf(lastPart(series, parts))),
});

function measureArm(arm: ArmSeries | null, printed: boolean): ArmMeasure | null {
  return arm && { slope: olsSlope(arm.x, arm.y), ...windowFalls(arm), grid: gridOf(arm.y, printed), series: arm };
}

function lastPart({ time, x, y }: ArmSeries, parts: number): ArmSeries {
  const cut = (values: Numbers): Numbers =>
    slice(values, Math.floor(((parts - 1) * values.length) / parts), values.length);
  return { time: cut(time), x: cut(x), y: cut(y) };
}

function shapeOf({ baseline, candidate }: SeriesPair): Curve {
  if (baseline !== null && candidate !== null) return differenceCurve(baseline, candidate);
  if (candidate !== null) return candidate;
  if (baseline === null) throw new RangeError('a pair needs at least one arm');
  return { x: baseline.x, y: Float64Array.from(baseline.y, (value) => -value) };
}

function fromStart({ x, y }: Curve): Curve {
  return { x: Float64Array.from(x, (value) => value - at(x, 0)), y };
}

/** A difference curve with the seconds of the candidate, because it has the candidate's requests. It may end sooner. */
const timed = ({ x, y }: Curve, { time }: ArmSeries): ArmSeries => ({ x, y, time: slice(time, 0, y.length) });

const width = (arm: ArmSeries): number => at(arm.x, arm.x.length - 1) - at(arm.x, 0);

/** An arm from the middle of the load before its window to the window's start; null if this has too few readings. */
function beforeWindow(fromLoadStart: ArmSeries, window: ArmSeries): ArmSeries | null {
  const start = at(window.time, 0);
  const until = fromLoadStart.time.length - window.time.length;
  const middle = (at(fromLoadStart.time, 0) + start) / 2;
  let from = 0;
  while (from < until && at(fromLoadStart.time, from) < middle) from += 1;
  if (until - from < FEWEST_BEFORE) return null;
  const cut = (values: Numbers): Numbers => slice(values, from, until);
  return { time: cut(fromLoadStart.time), x: cut(fromLoadStart.x), y: cut(fromLoadStart.y) };
}

function growthBefore(window: SeriesPair, fromLoadStart: SeriesPair): PairMeasure['before'] {
  const arms = (['baseline', 'candidate'] as const).flatMap((arm) => {
    const [whole, judged] = [fromLoadStart[arm], window[arm]];
    return judged === null ? [] : [{ sign: arm === 'candidate' ? 1 : -1, early: whole && beforeWindow(whole, judged) }];
  });
  const measured = arms.flatMap(({ sign, early }) => (early === null || !(width(early) > 0) ? [] : [{ sign, early }]));
  if (measured.length < arms.length) return null;
  return {
    slope: measured.reduce((sum, { sign, early }) => sum + sign * olsSlope(early.x, early.y), 0),
    requests: mean(measured.map(({ early }) => width(early))),
  };
}

/**
 * Measures one replicate. `fromLoadStart` has the arms from the first request to the window's end, with the warm-up.
 * `printed`: a tool may have rounded the readings; those of our own runs are the kernel's bytes.
 * Domain: 2 points or more a series. @throws RangeError outside it. Linear time.
 */
export function measurePair(
  pair: SeriesPair,
  fromLoadStart: SeriesPair = { baseline: null, candidate: null },
  printed: boolean = false,
): PairMeasure {
  const present = [pair.baseline, pair.candidate].filter((arm) => arm !== null);
  const curve = shapeOf(pair);
  return {
    baseline: measureArm(pair.baseline, printed),
    candidate: measureArm(pair.candidate, printed),
    curve,
    curveFalls: pair.baseline && pair.candidate && windowFalls(timed(curve, pair.candidate)),
    candidateCurve: pair.candidate && fromStart(pair.candidate),
    requests: mean(present.map(width)),
    fromLoadStart: fromLoadStart.candidate && fallsOf(fromLoadStart.candidate),
    before: growthBefore(pair, fromLoadStart),
  };
}
